package io.jenkins.plugins.livemigration.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.livemigration.engine.migrate.podman.Lab;
import io.jenkins.plugins.livemigration.engine.migrate.podman.LabExtension;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A load of fixed rate across real migrations of the responder that answers it: what came through before, during and after,
 * each way, against the configured rate and against the outage that the primary probe saw.
 */
@Tag("lab")
@ExtendWith(LabExtension.class)
@Timeout(400)
class LoadAcrossMigrationLabTest {
    private static final int PAYLOAD = 1_200;
    private static final int PACKETS = 2;
    private static final int INTERVAL_MILLIS = 2;
    private static final int PROBE_MILLIS = 10;
    /** With the headers of IPv4 and UDP. */
    private static final double RATE = (PAYLOAD + 28) * 8 * PACKETS * 1_000.0 / INTERVAL_MILLIS;
    /** What is not sent in time is not sent later, so a busy machine sends somewhat less. */
    private static final double TOLERANCE = 0.05 * RATE;
    /** A load that leaves in pairs meets an outage's edges no better than this. */
    private static final double EDGES_MILLIS = 2.0 * INTERVAL_MILLIS;

    @TempDir
    Path folder;

    @Test
    void seesTheDipOfAMigrationAndNothingElse(Lab lab) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of(System.getProperty("java.home"), "bin", "jlink")),
                "SKIPPED: needs a JDK with jlink");
        try (ResponderService service = new ResponderService(lab)) {
            service.wipe();
            service.install(folder.resolve("image"));
            service.start();
            EngineProcess.Ended ended =
                    EngineProcess.run(folder, "run", plan(lab).toString(), "--folder", "run");
            assertThat(ended.exitCode()).as(ended.output()).isZero();
            service.wipe();
        }
        List<Sample> samples = new RunFiles(folder.resolve("run")).result().samples();
        assertThat(samples).hasSize(4);
        samples.forEach(LoadAcrossMigrationLabTest::print);
        samples.forEach(LoadAcrossMigrationLabTest::check);
    }

    private static void check(Sample sample) {
        for (String part : List.of("before", "after")) {
            for (String metric : List.of("throughput.", "throughput.oneWay.", "throughput.oneWayBack.")) {
                assertThat(measured(sample, metric + part).value())
                        .as("%s%s of sample %d", metric, part, sample.order())
                        .isCloseTo(RATE, within(TOLERANCE));
            }
        }
        Figure.Measured there = measured(sample, "throughput.oneWay.during");
        assertThat(there.upper() - there.lower())
                .as("the responder's count moved along, so what arrived is known in sample %d", sample.order())
                .isLessThan(TOLERANCE);
        assertThat(measured(sample, "throughput.during").value())
                .as("what came back was all that arrived in sample %d", sample.order())
                .isCloseTo(there.value(), within(TOLERANCE));
        assertThat(measured(sample, "loss.oneWayBack.during").value())
                .as("nothing is lost on the way back in sample %d", sample.order())
                .isLessThan(1);
        Figure.Measured observed = measured(sample, "downtime.observed");
        assertThat(missingMillis(sample))
                .as("the dip is the observed outage in sample %d", sample.order())
                .isBetween(observed.lower() - EDGES_MILLIS, observed.upper() + EDGES_MILLIS);
    }

    /** For how long as much as did not arrive while the migration lasted was being sent. */
    private static double missingMillis(Sample sample) {
        return measured(sample, "loss.oneWay.during").value()
                / 100
                * measured(sample, "migrationTime.platform").value();
    }

    private static void print(Sample sample) {
        Figure.Measured observed = measured(sample, "downtime.observed");
        System.out.printf(
                Locale.ROOT,
                "%3d  %.3f %.3f %.3f Mbit/s before, during, after  missing %.1f ms, observed %.1f [%.1f .. %.1f]  there %s, back %s%n",
                sample.order(),
                measured(sample, "throughput.before").value() / 1e6,
                measured(sample, "throughput.during").value() / 1e6,
                measured(sample, "throughput.after").value() / 1e6,
                missingMillis(sample),
                observed.value(),
                observed.lower(),
                observed.upper(),
                QuantityText.text(measured(sample, "loss.oneWay.during").value(), Unit.PERCENT),
                QuantityText.text(measured(sample, "loss.oneWayBack.during").value(), Unit.PERCENT));
    }

    private static Figure.Measured measured(Sample sample, String id) {
        Figure figure = sample.figure(Metrics.find(id).orElseThrow()).orElseThrow();
        assertThat(figure).as("%s of sample %d", id, sample.order()).isInstanceOf(Figure.Measured.class);
        return (Figure.Measured) figure;
    }

    private Path plan(Lab lab) throws Exception {
        String plan = """
                name: load across migrations
                hosts:
                  host-a: {address: %1$s, identityFile: %3$s, knownHosts: %4$s}
                  host-b: {address: %2$s, identityFile: %3$s, knownHosts: %4$s}
                driver:
                  podman:
                    from: host-a
                    to: host-b
                    containers: [%5$s]
                    traffic:
                      floatingAddress: {address: %6$s/24, device: eth0}
                samples: 2
                warmup: 0
                window: {before: 1 s, after: 2 s}
                probes:
                  - load: {host: %6$s, port: %7$d, payloadBytes: %8$d, packets: %9$d, intervalMillis: %10$d}
                  - udp: {host: %6$s, port: %7$d, intervalMillis: %11$d, primary: true}
                """.formatted(
                        lab.get("LAB_HOST_A"),
                        lab.get("LAB_HOST_B"),
                        lab.get("LAB_SSH_KEY"),
                        lab.get("LAB_KNOWN_HOSTS"),
                        ResponderService.NAME,
                        lab.get("LAB_FLOATING"),
                        ResponderService.PORT,
                        PAYLOAD,
                        PACKETS,
                        INTERVAL_MILLIS,
                        PROBE_MILLIS);
        return Files.writeString(folder.resolve("load.yaml"), plan);
    }
}
