package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan.Strategy;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real migrations in the lab. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class PodmanLabTest {
    private Lab lab;
    private Hosts hosts;

    @BeforeEach
    void connect(Lab running) {
        lab = running;
        hosts = lab.connect();
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        new LabWorkload(lab, hosts, false).wipe();
        hosts.close();
    }

    @ParameterizedTest
    @CsvSource({
        "STOP_AND_COPY, false, runc, 8",
        "STOP_AND_COPY, false, crun, 8",
        "STOP_AND_COPY, true, runc, 8",
        "STOP_AND_COPY, true, crun, 8",
        "CLASSIC, false, runc, 8",
        "CLASSIC, true, runc, 8"
    })
    void movesToAndFroAndKeepsStateAndConnection(Strategy strategy, boolean macvlan, String runtime, int megabytes)
            throws Exception {
        LabWorkload workload = new LabWorkload(lab, hosts, macvlan);
        workload.wipe();
        workload.start("counter", 7000, runtime, "--memory-mb " + megabytes + " --dirty-mb-per-s 1");
        workload.require(Lab.A, "echo kept > /srv/data/file");
        PodmanPlan plan = workload.plan(strategy, List.of("counter"), List.of("/srv/data"));
        try (PodmanDriver driver = new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect);
                ServiceClient client = new ServiceClient(workload.address(), 7000)) {
            assertThat(driver.preflight(true))
                    .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                    .isEmpty();
            Map<String, String> before = client.askHeld();
            for (int round = 0; round < 2; round++) {
                move(driver, client, Lab.A, Lab.B);
                move(driver, client, Lab.B, Lab.A);
            }
            Map<String, String> after = client.askHeld();
            assertThat(after.get("id")).isEqualTo(before.get("id"));
            assertThat(Long.parseLong(after.get("count"))).isGreaterThan(Long.parseLong(before.get("count")));
            assertThat(workload.require(Lab.A, "cat /srv/data/file")).isEqualTo("kept\n");
            assertThat(workload.processes()).isEqualTo(1);
            assertThat(workload.leftovers()).isEmpty();
        }
    }

    private static void move(PodmanDriver driver, ServiceClient client, String from, String to) throws Exception {
        RecordingListener listener = new RecordingListener();
        client.restart();
        MigrationOutcome outcome = driver.migrate(from, to, listener, new Cancellation());
        assertThat(outcome).as("%s", listener).isEqualTo(new MigrationOutcome.Completed());
        assertThat(driver.locate()).isEqualTo(new Whereabouts.RunningOn(to));
        client.askHeld();
        Thread.sleep(200);
        assertThat(listener.marks)
                .containsKeys(Mark.Kind.SOURCE_STOPPED, Mark.Kind.DESTINATION_OPENED, Mark.Kind.CONFIRMED);
        assertThat(listener.figures.get(Metrics.FREEZE.id()).amount()).isPresent();
        assertThat(listener.requests).isEqualTo(1);
        System.out.printf(
                Locale.ROOT,
                "%s -> %s: silence %.0f ms, window %.0f ms%n%s",
                from,
                to,
                client.longestSilenceMillis(),
                listener.windowMillis(),
                listener);
    }
}
