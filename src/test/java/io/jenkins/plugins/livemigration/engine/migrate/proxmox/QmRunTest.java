package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.DriverRun;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.QmDouble;
import io.jenkins.plugins.livemigration.engine.observe.SystemProbes;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole runs with {@code qm} over SSH against the double of its nodes, on every release. */
@Timeout(60)
class QmRunTest {
    private static final String CONF = "etc/nodes/sabda/qemu-server/100.conf";
    private static final Pace QUICK = ApiTestBase.QUICK;
    /** Where a node answers no more, and is asked often. */
    private static final Pace IMPATIENT = new Pace(
            QUICK.poll(),
            QUICK.laterPoll(),
            QUICK.retry(),
            Duration.ofMillis(20),
            QUICK.longest(),
            QUICK.lost(),
            QUICK.ha(),
            QUICK.stop(),
            QUICK.confirm(),
            QUICK.recovery());

    @TempDir
    private Path folder;

    private final Cancellation breakOff = new Cancellation();
    private QmDouble nodes;
    private Pace pace = QUICK;
    private Change atSample = () -> {};
    private Change atMemory = () -> {};

    /** What changes in the middle of a run. */
    @FunctionalInterface
    private interface Change {
        void happen() throws IOException;
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @ParameterizedTest
    @EnumSource
    void movesToAndFroAndLeavesNothingBehind(PveRelease release) throws Exception {
        RunResult result = run(release);

        assertThat(result.end().kind()).as(result.end().reason().toString()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(result.samples()).hasSize(2).allSatisfy(sample -> {
            assertThat(sample.outcome()).isInstanceOf(Outcome.Succeeded.class);
            assertThat(sample.figure(Metrics.DOWNTIME_REPORTED).orElseThrow().amount())
                    .hasValue(57.0);
        });
        assertAtHome();
    }

    @ParameterizedTest
    @EnumSource
    void aFailedCommandIsASampleAndTheGuestStaysWhereItIs(PveRelease release) throws Exception {
        atSample = () -> nodes.write("course", "fails");

        RunResult result = run(release);

        assertThat(first(result).outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(first(result).evidence().toString() + first(result).outcome())
                .contains("migration problems");
        assertAtHome();
    }

    @ParameterizedTest
    @EnumSource
    void aLockedGuestIsAFailedSample(PveRelease release) throws Exception {
        atSample = () -> nodes.write(CONF, "lock: backup\ncores: 2\n");

        RunResult result = run(release);

        assertThat(first(result).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause().toString()).isEqualTo("VM is locked (backup)"));
        assertThat(nodes.read(CONF)).as("somebody else's lock").startsWith("lock: backup");
        assertThat(nodes.read("ps.sabda")).contains("kvm -id 100 ");
    }

    @ParameterizedTest
    @EnumSource
    void aKilledTaskIsUnlockedBecauseExactlyOneProcessExists(PveRelease release) throws Exception {
        atSample = () -> nodes.write("course", "killed");

        RunResult result = run(release);

        assertThat(first(result).outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(nodes.read("calls")).contains("sabda qm unlock 100\n");
        assertAtHome();
    }

    @ParameterizedTest
    @EnumSource
    void aTargetThatDiesLeavesAStateThatIsNamedUnknown(PveRelease release) throws Exception {
        atSample = () -> nodes.write("course", "fails");
        atMemory = () -> nodes.write("offline.yagra", "");
        pace = IMPATIENT;

        RunResult result = run(release);

        assertThat(first(result).outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(result.end().reason().toString()).contains("UNKNOWN").contains("No route to host");
        assertThat(nodes.read("calls")).doesNotContain("unlock").doesNotContain("resume");
        assertThat(nodes.read("ps.sabda")).contains("kvm -id 100 ");
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledRunStopsTheTask(PveRelease release) throws Exception {
        atSample = () -> nodes.write("course", "hangs");
        atMemory = breakOff::request;

        RunResult result = run(release);

        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INTERRUPTED);
        assertThat(first(result).outcome()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(first(result).evidence().toString()).contains("interrupted by signal");
        assertAtHome();
    }

    private static Sample first(RunResult result) {
        return result.samples().get(0);
    }

    private void assertAtHome() throws IOException {
        assertThat(nodes.read(CONF)).doesNotStartWith("lock").contains("cores: 2");
        assertThat(nodes.read("ps.sabda")).contains("kvm -id 100 ").doesNotContain("task UPID");
        assertThat(nodes.read("ps.yagra")).doesNotContain("-id 100 ");
        assertThat(nodes.leases()).isEmpty();
    }

    private RunResult run(PveRelease release) throws Exception {
        nodes = new QmDouble(folder.resolve("double"), release);
        ParsedPlan.Valid plan = (ParsedPlan.Valid) PlanParser.parse("""
                name: over SSH
                samples: 1
                warmup: 0
                stopAfterFailures: 1
                window: {before: 0 s, after: 0 s}
                hosts: {pve1: {address: 192.0.2.11, user: root}}
                driver: {proxmox: {ssh: pve1, vmid: 100, from: sabda, to: yagra}}
                """, PlanFormat.YAML);
        ProxmoxPlan proxmox = (ProxmoxPlan) plan.plan().scenarios().get(0).driver();
        MigrationDriver driver = ProxmoxDrivers.of(new Guest(proxmox, true), nodes, name -> Optional.empty(), pace);
        return new DriverRun(plan, new SystemProbes(), folder.resolve("run")).with(driver, breakOff, entry -> {
            if (entry.event() instanceof JournalEvent.SampleStarted) {
                happen(atSample);
            }
            if (entry.event() instanceof JournalEvent.PhaseStarted phase
                    && phase.phase().equals("ram")) {
                happen(atMemory);
            }
        });
    }

    private static void happen(Change change) {
        try {
            change.happen();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
