package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan.Strategy;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.Reachability;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pre-copy between the lab's virtual machines, whose kernel tracks changed memory ({@code lab/up --vm}). */
@Tag("lab")
@ExtendWith(LabExtension.class)
class PreCopyLabTest {

    @Test
    void sendsInTheWindowOnlyWhatWasDirtiedSince(Lab running) throws Exception {
        Lab lab = running.withVirtualMachines();
        try (Hosts hosts = lab.connect()) {
            assumeTrue(
                    hosts.host(Lab.A).probe(Duration.ofSeconds(5)) instanceof Reachability.Reached,
                    "needs the lab's virtual machines: lab/up --vm");
            LabWorkload workload = new LabWorkload(lab, hosts, false);
            workload.wipe();
            workload.start("counter", 7000, "runc", "--memory-mb 16 --dirty-mb-per-s 0.1");
            PodmanPlan plan = workload.plan(Strategy.PRE_COPY, List.of("counter"), List.of());
            RecordingListener listener = new RecordingListener();
            try (PodmanDriver driver = new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect);
                    ServiceClient client = new ServiceClient(workload.address(), 7000)) {
                String id = client.askHeld().get("id");
                assertThat(driver.migrate(Lab.A, Lab.B, listener, new Cancellation()))
                        .as("%s", listener)
                        .isEqualTo(new MigrationOutcome.Completed());
                assertThat(driver.locate()).isEqualTo(new Whereabouts.RunningOn(Lab.B));
                assertThat(client.askHeld()).containsEntry("id", id).containsEntry("memoryOk", "true");
                assertThat(workload.processes()).isEqualTo(1);
                assertThat(workload.leftovers()).isEmpty();
            } finally {
                workload.wipe();
            }
            assertThat(listener.starts).containsKey(Phases.PRE_COPY + 1);
            assertThat(listener.marks).containsKey(Mark.Kind.ITERATION);
            assertThat(listener.figures.get(Metrics.ITERATIONS.id()).amount())
                    .hasValueSatisfying(rounds -> assertThat(rounds).isBetween(1.0, 3.0));
            double pages =
                    listener.figures.get(Metrics.PAGES_WRITTEN.id()).amount().orElseThrow();
            assertThat(pages * 4096).as("%s", listener).isLessThan(8 * 1024 * 1024.0);
        }
    }
}
