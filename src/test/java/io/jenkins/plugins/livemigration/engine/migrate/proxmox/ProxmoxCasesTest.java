package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease.V7_4;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.DriverRun;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster.Course;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveDouble.Trouble;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.observe.SystemProbes;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole runs against the double of every release, with whatever can happen to them: each leaves a sample that says what
 * happened, and a guest that runs exactly once, or a run that names it UNKNOWN. docs/proxmox.md has the same table.
 */
class ProxmoxCasesTest extends ApiTestBase {
    private static final Path PAGE = Path.of("docs", "proxmox.md");

    /** A busy machine is no dead cluster. */
    private static final Pace PATIENT = pace(Duration.ofSeconds(1), Duration.ofSeconds(20));
    /** Where nobody answers any more, and many are asked. */
    private static final Pace IMPATIENT = pace(Duration.ofMillis(20), Duration.ofMillis(300));

    private final Cancellation breakOff = new Cancellation();
    private boolean localDisks;
    private int endPoints = 1;
    private Consumer<ProxmoxCasesTest> atSample = test -> {};
    private Consumer<ProxmoxCasesTest> atMemory = test -> {};

    /** What is left behind. */
    private enum Left {
        /** It runs at home, once; no lock, no lease, nothing else. */
        AS_FOUND,
        /** It runs at home, once, and what the cluster has kept is named. */
        LEFTOVERS,
        /** It runs nowhere: the target's copy waits, paused. */
        PAUSED,
        /** Nobody can be asked: the run says that it is unknown. */
        UNKNOWN
    }

    /** A case, with what its first sample and its run have to say. */
    private record Case(
            String name,
            Consumer<ProxmoxCasesTest> trouble,
            Class<? extends Outcome> outcome,
            Left left,
            List<String> says) {
        Case(
                String name,
                Consumer<ProxmoxCasesTest> trouble,
                Class<? extends Outcome> outcome,
                Left left,
                String... says) {
            this(name, trouble, outcome, left, List.of(says));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Case> CASES = List.of(
            new Case("success, shared storage", test -> {}, Outcome.Succeeded.class, Left.AS_FOUND),
            new Case("success, local disks", test -> test.localDisks = true, Outcome.Succeeded.class, Left.AS_FOUND),
            new Case(
                    "success, HA-managed",
                    test -> test.cluster.haManaged = true,
                    Outcome.Succeeded.class,
                    Left.AS_FOUND),
            new Case(
                    "a parameter is refused",
                    test -> test.atSample = late -> late.cluster.refused.put("online", "no such option here"),
                    Outcome.Failed.class,
                    Left.AS_FOUND,
                    "Parameter verification failed.; online: no such option here"),
            new Case(
                    "a privilege is missing",
                    test -> test.atSample = late -> late.cluster.revoke("/vms/100", "VM.Migrate"),
                    Outcome.Failed.class,
                    Left.AS_FOUND,
                    "Permission check failed (/vms/100, VM.Migrate)"),
            new Case(
                    "the token is wrong",
                    test -> test.atSample = late -> late.api.revokeToken(),
                    Outcome.Failed.class,
                    Left.UNKNOWN,
                    "invalid token value!"),
            new Case(
                    "the ticket expires",
                    test -> {
                        test.asRoot();
                        test.atMemory = late -> late.api.expireTickets();
                    },
                    Outcome.Succeeded.class,
                    Left.AS_FOUND),
            new Case(
                    "the guest is locked",
                    test -> test.atSample = late -> late.cluster.lock = "backup",
                    Outcome.Failed.class,
                    Left.LEFTOVERS,
                    "VM is locked (backup)",
                    "guest 100 is locked (backup)"),
            new Case(
                    "the memory changes too fast",
                    test -> test.cluster.course = Course.CONVERGES_LATE,
                    Outcome.Succeeded.class,
                    Left.AS_FOUND,
                    "from 100 ms to 400 ms"),
            new Case(
                    "cancelled",
                    test -> {
                        test.cluster.course = Course.HANGS;
                        test.atMemory = late -> late.breakOff.request();
                    },
                    Outcome.Cancelled.class,
                    Left.AS_FOUND,
                    "interrupted by signal"),
            new Case(
                    "the target dies in the middle",
                    test -> test.cluster.course = Course.TARGET_DIES,
                    Outcome.Failed.class,
                    Left.AS_FOUND,
                    "Broken pipe"),
            new Case(
                    "the target refuses",
                    test -> test.cluster.course = Course.TARGET_TOO_OLD,
                    Outcome.Failed.class,
                    Left.AS_FOUND,
                    "node yagra says: Installed QEMU version '8.1.2' is too old"),
            new Case(
                    "the network is cut before answers",
                    test -> {
                        test.api.trouble("POST", "/migrate", Trouble.CUT_AFTER, 1);
                        test.api.trouble("GET", "/status", Trouble.CUT_AFTER, 2);
                        test.api.trouble("GET", "/log", Trouble.CUT_BEFORE, 2);
                    },
                    Outcome.Succeeded.class,
                    Left.AS_FOUND,
                    "The answer to the request was lost"),
            new Case(
                    "the proxy does not answer (595, 596)",
                    test -> {
                        test.api.trouble("POST", "/migrate", Trouble.NOT_CONNECTED, 1);
                        test.api.trouble("GET", "/status", Trouble.PROXY_TIMED_OUT, 2);
                        test.api.trouble("GET", "/log", Trouble.BROKEN, 1);
                    },
                    Outcome.Succeeded.class,
                    Left.AS_FOUND),
            new Case(
                    "API nodes die, one is left",
                    test -> {
                        test.endPoints = 3;
                        test.atSample = late -> late.api.kill(0);
                        test.atMemory = late -> late.api.kill(1);
                    },
                    Outcome.Succeeded.class,
                    Left.AS_FOUND),
            new Case(
                    "all API nodes die",
                    test -> {
                        test.endPoints = 2;
                        test.atMemory = late -> {
                            late.api.kill(0);
                            late.api.kill(1);
                        };
                    },
                    Outcome.Failed.class,
                    Left.UNKNOWN,
                    "lmb recover"),
            new Case(
                    "the task is killed",
                    test -> test.cluster.course = Course.TASK_KILLED,
                    Outcome.Failed.class,
                    Left.LEFTOVERS,
                    "unexpected status",
                    "qm unlock 100",
                    "pvesm free local-lvm:vm-100-disk-0"),
            new Case(
                    "the target does not resume",
                    test -> test.cluster.course = Course.RESUME_FAILS,
                    Outcome.Failed.class,
                    Left.PAUSED,
                    "VM 100 not running",
                    "qm resume 100"));

    private static Stream<Arguments> everyCaseOnEveryRelease() {
        return CASES.stream()
                .flatMap(each -> Arrays.stream(PveRelease.values()).map(release -> Arguments.of(each, release)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyCaseOnEveryRelease")
    void leavesASampleThatSaysWhatHappened(Case what, PveRelease release) throws Exception {
        RunResult result = run(what, release);

        Sample sample = result.samples().get(0);
        assertThat(sample.outcome()).as(result.notes().toString()).isInstanceOf(what.outcome());
        String said = sample.outcome() + " " + sample.evidence() + " " + result.notes() + " "
                + result.end().reason();
        assertThat(what.says()).allSatisfy(words -> assertThat(said).contains(words));
        if (sample.outcome().succeeded()) {
            assertThat(sample.figure(Metrics.MIGRATION_TIME_PLATFORM)).get().isInstanceOf(Figure.Measured.class);
            assertThat(sample.figure(Metrics.DOWNTIME_REPORTED).orElseThrow().amount())
                    .hasValue(57.0);
            assertThat(sample.figure(Metrics.BYTES_RAM))
                    .get()
                    .isInstanceOf(release == V7_4 ? Figure.AtLeast.class : Figure.Measured.class);
            assertThat(result.samples()).as("out and back").hasSize(2);
        }
        assertThat(api.calls("POST", "/migrate").size())
                .as("requests that arrived: never one twice")
                .isLessThanOrEqualTo(result.samples().size());
        assertLeft(what.left(), result);
    }

    private void assertLeft(Left left, RunResult result) {
        assertThat(cluster.ranTwice).isFalse();
        switch (left) {
            case AS_FOUND -> {
                assertThat(cluster.node).isEqualTo("sabda");
                assertThat(cluster.processes).isEqualTo(Map.of("sabda", "running"));
                assertThat(cluster.lock).isEmpty();
                assertThat(cluster.description).as("the lease").isEmpty();
            }
            case LEFTOVERS -> {
                assertThat(cluster.node).isEqualTo("sabda");
                assertThat(cluster.processes).containsEntry("sabda", "running");
                assertThat(cluster.lock).as("nothing is unlocked by itself").isNotEmpty();
            }
            case PAUSED -> {
                assertThat(cluster.processes).isEqualTo(Map.of("yagra", "paused"));
                assertThat(result.end().reason().toString()).contains("paused");
            }
            case UNKNOWN -> {
                assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INFRASTRUCTURE);
                assertThat(result.end().reason().toString()).contains("UNKNOWN");
                assertThat(cluster.processes).containsValue("running");
            }
        }
    }

    @Test
    void theDocumentationHasEveryCase() throws IOException {
        Map<String, Boolean> rows = new LinkedHashMap<>();
        String page = Files.readString(PAGE);
        for (Case each : CASES) {
            rows.put(each.name(), page.contains("| " + each.name() + " |"));
        }
        assertThat(rows).doesNotContainValue(false);
    }

    private static Pace pace(Duration patience, Duration lost) {
        return new Pace(
                QUICK.poll(),
                QUICK.laterPoll(),
                Duration.ofMillis(5),
                patience,
                QUICK.longest(),
                lost,
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(10));
    }

    private RunResult run(Case what, PveRelease release) throws Exception {
        start(release, 3);
        what.trouble().accept(this);
        String text = """
                name: a case
                samples: 1
                warmup: 0
                stopAfterFailures: 1
                window: {before: 0 s, after: 0 s}
                driver:
                  proxmox: {urls: ["%s"], credentials: pve, vmid: 100, from: sabda, to: yagra}
                """.formatted(String.join("\", \"", api.urls().subList(0, endPoints)));
        ProxmoxPlan planned = localDisks ? withDisks(plan(endPoints)) : plan(endPoints);
        List<String> begun = new ArrayList<>();
        return new DriverRun(
                        (ParsedPlan.Valid) PlanParser.parse(text, PlanFormat.YAML),
                        new SystemProbes(),
                        folder.resolve(what.name().replaceAll("[^a-z]+", "-") + "-" + release))
                .with(driver(planned, what.left() == Left.UNKNOWN ? IMPATIENT : PATIENT), breakOff, entry -> {
                    if (entry.event() instanceof JournalEvent.SampleStarted) {
                        once(begun, "sample", atSample);
                    }
                    if (entry.event() instanceof JournalEvent.PhaseStarted phase
                            && phase.phase().equals("ram")) {
                        once(begun, "ram", atMemory);
                    }
                });
    }

    private void once(List<String> begun, String what, Consumer<ProxmoxCasesTest> trouble) {
        if (!begun.contains(what)) {
            begun.add(what);
            trouble.accept(this);
        }
    }
}
