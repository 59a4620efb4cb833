package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan.Strategy;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that connect anew a hundred times a second, to a service with an address of its own (macvlan). */
@Tag("lab")
@ExtendWith(LabExtension.class)
class NewConnectionsLabTest {
    private Lab lab;
    private Hosts hosts;
    private LabWorkload workload;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService connecting = Executors.newCachedThreadPool();
    private final AtomicInteger connected = new AtomicInteger();

    @BeforeEach
    void connect(Lab running) throws InterruptedException {
        lab = running;
        hosts = lab.connect();
        workload = new LabWorkload(lab, hosts, true);
        workload.wipe();
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        pace.shutdownNow();
        connecting.shutdownNow();
        workload.wipe();
        hosts.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"runc", "crun"})
    void aServiceWithAnAddressOfItsOwnMovesUnderThem(String runtime) throws Exception {
        workload.start("counter", 7000, runtime, "--memory-mb 8 --dirty-mb-per-s 1");
        try (PodmanDriver driver = driver(true);
                ServiceClient client = new ServiceClient(workload.address(), 7000)) {
            Map<String, String> before = client.askHeld();
            connectWithoutEnd();
            for (int round = 0; round < 3; round++) {
                assertThat(migrate(driver, Lab.A, Lab.B)).isEqualTo(new MigrationOutcome.Completed());
                assertThat(migrate(driver, Lab.B, Lab.A)).isEqualTo(new MigrationOutcome.Completed());
            }
            assertThat(client.askHeld()).containsEntry("id", before.get("id"));
            assertThat(connected.get()).isGreaterThan(100);
            assertThat(workload.processes()).isEqualTo(1);
            assertThat(workload.leftovers()).isEmpty();
        }
    }

    @Test
    void theGateInsideTheContainerIsOpenAgainAfterACheckpointThatFailed() throws Exception {
        workload.start("counter", 7000, "runc", "");
        try (PodmanDriver driver = driver(true);
                ServiceClient client = new ServiceClient(workload.address(), 7000)) {
            String id = client.askHeld().get("id");
            // A stopped service accepts nothing: the connection waits in its queue, whatever the gate does.
            workload.require(Lab.A, "kill -STOP $(pgrep -x counter)");
            try (Socket waiting = new Socket()) {
                waiting.connect(new InetSocketAddress(workload.address(), 7000), 2000);
                MigrationOutcome outcome = migrate(driver, Lab.A, Lab.B);
                workload.require(Lab.A, "kill -CONT $(pgrep -x counter)");
                assertThat(outcome).isInstanceOf(MigrationOutcome.Failed.class);
                assertThat(((MigrationOutcome.Failed) outcome).whereabouts())
                        .isEqualTo(new Whereabouts.RunningOn(Lab.A));
            }
            assertThat(
                            workload.require(
                                    Lab.A,
                                    "nsenter -t $(podman container inspect --format '{{.State.Pid}}' counter) -n nft list tables"))
                    .doesNotContain("lmb");
            assertThat(client.askHeld()).containsEntry("id", id);
            assertThat(client.ask()).containsEntry("id", id);
        }
    }

    private PodmanDriver driver(boolean gate) {
        return new PodmanDriver(
                workload.plan(Strategy.STOP_AND_COPY, List.of("counter"), List.of(), gate),
                lab.hostPlans(),
                hosts,
                lab::connect);
    }

    private static MigrationOutcome migrate(PodmanDriver driver, String from, String to) throws InterruptedException {
        return driver.migrate(from, to, new RecordingListener(), new Cancellation());
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void connectWithoutEnd() {
        InetSocketAddress service = new InetSocketAddress(workload.address(), 7000);
        pace.scheduleAtFixedRate(() -> connecting.execute(() -> connectOnce(service)), 0, 10, TimeUnit.MILLISECONDS);
    }

    private void connectOnce(InetSocketAddress service) {
        try (Socket socket = new Socket()) {
            socket.connect(service, 5_000);
            connected.incrementAndGet();
        } catch (IOException dark) {
            // the service is on its way
        }
    }
}
