package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.livemigration.engine.DriverRun;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.QemuMover;
import io.jenkins.plugins.livemigration.engine.observe.SystemProbes;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The double of the API moves a real virtual machine with QEMU's own live migration, in software emulation: what the log
 * reports and what a probe sees from outside stand beside each other.
 */
@Tag("lab")
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealGuestLabTest extends ApiTestBase {
    /** What Proxmox VE does between QEMU's switch-over and the target's resumption; its real logs show seconds. */
    private static final Duration HAND_OVER = Duration.ofMillis(400);

    private static final Pattern IDENTITY = Pattern.compile("id=([0-9a-f]{16})");

    private static QemuMover mover;

    private final Cancellation breakOff = new Cancellation();

    @BeforeAll
    static void bootTheGuest(@TempDir Path parts) throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "NO REAL GUEST WAS MOVED: needs root, for a network namespace and the lab's QEMU (lab/up --vm)");
        mover = QemuMover.boot(parts, PveRelease.V8_4, "sabda", HAND_OVER);
    }

    @AfterAll
    static void endTheGuest() throws Exception {
        if (mover != null) {
            mover.close();
        }
    }

    @Test
    @Order(1)
    void aProbeSeesTheOutageThatTheLogReportsAndTheRestOfIt() throws Exception {
        String identity = identity();

        RunResult result = run("out-and-back", () -> {});

        assertThat(result.samples()).hasSize(2).allSatisfy(sample -> {
            assertThat(sample.outcome()).as(sample.evidence().toString()).isInstanceOf(Outcome.Succeeded.class);
            double reported = measured(sample, Metrics.DOWNTIME_REPORTED).value();
            Figure.Measured observed = measured(sample, Metrics.DOWNTIME_OBSERVED);
            System.out.printf(
                    Locale.ROOT,
                    "%s: downtime.reported %.0f ms, downtime.observed %.0f ms [%.0f .. %.0f], bytes.ram %.1f MiB, %.1f s%n",
                    sample.direction(),
                    reported,
                    observed.value(),
                    observed.lower(),
                    observed.upper(),
                    measured(sample, Metrics.BYTES_RAM).value() / (1 << 20),
                    measured(sample, Metrics.MIGRATION_TIME_PLATFORM).value() / 1000);
            assertThat(reported).as("the limit, and a slow machine").isBetween(0.0, 2_000.0);
            assertThat(observed.upper())
                    .as("longer than what is reported, by the hand-over")
                    .isGreaterThanOrEqualTo(reported + HAND_OVER.toMillis());
            assertThat(observed.value()).isLessThan(reported + HAND_OVER.toMillis() + 3_000);
            assertThat(measured(sample, Metrics.BYTES_RAM).value())
                    .as("the service's memory at least, and no more than some rounds of all of it")
                    .isBetween(40.0 * (1 << 20), 2_000.0 * (1 << 20));
        });
        assertThat(mover.processes()).containsExactly("sabda running");
        assertThat(cluster.ranTwice).isFalse();
        assertThat(identity()).as("the same service, with its memory").isEqualTo(identity);
    }

    @Test
    @Order(2)
    void aCancelledMoveLeavesTheGuestOnTheSource() throws Exception {
        String identity = identity();

        RunResult result = run("cancelled", () -> breakOff.request());

        Sample sample = result.samples().get(0);
        assertThat(sample.outcome()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(sample.evidence().toString()).contains("online migrate failure - interrupted by signal");
        assertNoMove(sample);
        assertAtHome(identity);
    }

    @Test
    @Order(3)
    void aTargetThatDiesInTheMiddleLeavesTheGuestOnTheSource() throws Exception {
        String identity = identity();

        RunResult result = run("target-dies", () -> mover.kill("yagra"));

        Sample sample = result.samples().get(0);
        assertThat(sample.outcome()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.stage()).isEqualTo("ram");
            assertThat(failed.cause().toString()).contains("migration problems");
        });
        assertThat(sample.evidence().toString()).contains("migration status error: failed");
        assertNoMove(sample);
        assertAtHome(identity);
    }

    /** Nothing is reported of a move that did not come about, and the guest went on answering. */
    private static void assertNoMove(Sample sample) {
        System.out.printf(
                Locale.ROOT,
                "%s: downtime.reported %s, downtime.observed %s%n",
                sample.outcome(),
                sample.figure(Metrics.DOWNTIME_REPORTED),
                sample.figure(Metrics.DOWNTIME_OBSERVED));
        assertThat(sample.figure(Metrics.DOWNTIME_REPORTED)).get().isInstanceOf(Figure.Absent.class);
        assertThat(sample.figure(Metrics.DOWNTIME_OBSERVED)
                        .orElseThrow()
                        .amount()
                        .orElse(0.0))
                .as("a slow machine's hiccup at most")
                .isLessThan(2_000.0);
    }

    private void assertAtHome(String identity) throws Exception {
        assertThat(mover.processes()).containsExactly("sabda running");
        assertThat(identity()).isEqualTo(identity);
        assertThat(cluster.node).isEqualTo("sabda");
        assertThat(cluster.lock).isEmpty();
        assertThat(cluster.description).as("the lease").isEmpty();
    }

    private static Figure.Measured measured(Sample sample, Metric metric) {
        return (Figure.Measured) sample.figure(metric).orElseThrow();
    }

    private static String identity() throws Exception {
        // A busy machine may take longer than one question waits.
        String state = await().atMost(Duration.ofSeconds(30))
                .until(() -> mover.ask(), Optional::isPresent)
                .orElseThrow();
        Matcher identity = IDENTITY.matcher(state);
        assertThat(identity.find()).as(state).isTrue();
        assertThat(state).as("the guest's memory is what it wrote").contains("memoryOk=true");
        return identity.group(1);
    }

    private RunResult run(String name, Runnable midway) throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.mover = Optional.of(mover);
        String text =
                """
                name: a real guest
                samples: 1
                warmup: 0
                stopAfterFailures: 1
                window: {before: 1 s, after: 2 s}
                probes: [udp: {host: %s, port: %s, intervalMillis: 10, primary: true}]
                driver:
                  proxmox: {url: "%s", credentials: pve, vmid: 100, from: sabda, to: yagra}
                """.formatted(QemuMover.address(), QemuMover.port(), api.urls().get(0));
        Pace pace = new Pace(
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20));
        return new DriverRun(
                        (ParsedPlan.Valid) PlanParser.parse(text, PlanFormat.YAML),
                        new SystemProbes(),
                        folder.resolve("real-" + name))
                .with(driver(plan(), pace), breakOff, entry -> {
                    if (entry.event() instanceof JournalEvent.PhaseStarted phase
                            && phase.phase().equals("ram")) {
                        midway.run();
                    }
                });
    }
}
