package io.jenkins.plugins.livemigration.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.podman.Lab;
import io.jenkins.plugins.livemigration.engine.migrate.podman.LabExtension;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.result.StateCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty migrations of a service that is busy: one held connection, a hundred new connections and a thousand datagrams a
 * second.
 */
@Tag("lab")
@ExtendWith(LabExtension.class)
@Timeout(300)
class EngineUnderLoadLabTest {
    private static final int PER_DIRECTION = 10;

    @TempDir
    Path folder;

    @Test
    void movesTwentyTimesWhileClientsTalk(Lab lab) throws Exception {
        try (LabService service = new LabService(lab)) {
            service.startAfresh(16, 2);
            try (HeldConnection held = HeldConnection.to(service.address(), LabService.PORT);
                    UdpStream datagrams = UdpStream.to(service.address(), LabService.PORT);
                    ConnectionStream connections = ConnectionStream.to(service.address(), LabService.PORT)) {
                Path plan = new PlanFile(lab).samples(PER_DIRECTION).write(folder, "under-load");
                RunFiles run = new RunFiles(folder.resolve("run"));
                EngineProcess.Ended ended = EngineProcess.run(folder, "run", plan.toString(), "--folder", "run");
                double datagramRate = datagrams.rate();
                double connectionRate = connections.rate();
                connections.finish();
                System.out.printf(
                        Locale.ROOT,
                        "under load: held connection answered %d times; %d of %d new connections answered (%.0f a second),"
                                + " failures %s; %.0f datagrams a second%n%s%n",
                        held.answers(),
                        connections.answered(),
                        connections.opened(),
                        connectionRate,
                        connections.failures(),
                        datagramRate,
                        ended.output());

                assertThat(ended.exitCode()).as(ended.output()).isZero();
                List<Sample> samples = run.result().samples();
                assertThat(samples).hasSize(2 * PER_DIRECTION);
                assertThat(samples).extracting(Sample::outcome).containsOnly(new Outcome.Succeeded());
                assertThat(samples).allSatisfy(sample -> {
                    assertThat(sample.state()).map(StateCheck::kept).contains(true);
                    assertThat(sample.figure(Metrics.DOWNTIME_OBSERVED)
                                    .orElseThrow()
                                    .amount())
                            .hasValueSatisfying(millis -> assertThat(millis).isPositive());
                });
                assertThat(held.failure()).isEmpty();
                assertThat(held.latest()).containsEntry("id", held.first().get("id"));
                assertThat(Long.parseLong(held.latest().get("count")))
                        .isGreaterThan(Long.parseLong(held.first().get("count")));
                assertThat(connections.failures()).isEmpty();
                assertThat(connections.answered()).isEqualTo(connections.opened());
                assertThat(datagramRate).isGreaterThan(900);
                assertThat(connectionRate).isGreaterThan(90);
            }
            assertThat(service.runsOn()).containsExactly(Lab.A);
            assertThat(service.leftovers()).isEmpty();
            service.wipe();
        }
    }
}
