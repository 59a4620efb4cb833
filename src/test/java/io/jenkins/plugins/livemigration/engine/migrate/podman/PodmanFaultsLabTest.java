package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan.Strategy;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can go wrong, made to go wrong in the lab. After each the service answers, exactly once, and can be moved. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class PodmanFaultsLabTest {
    private static final double DEAD_LINE_MILLIS = 6_000;

    private static final Timings TIMINGS =
            new Timings(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofSeconds(5));

    private Lab lab;
    private Hosts hosts;
    private LabWorkload workload;
    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void start(Lab running) throws InterruptedException {
        lab = running;
        hosts = lab.connect();
        workload = new LabWorkload(lab, hosts, false);
        workload.link(Lab.A, true);
        workload.link(Lab.B, true);
        workload.wipe();
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        workload.link(Lab.B, true);
        workload.wipe();
        hosts.close();
    }

    private PodmanDriver driver() {
        return driver(true);
    }

    private PodmanDriver driver(boolean gate) {
        PodmanPlan plan = workload.plan(Strategy.STOP_AND_COPY, List.of("counter"), List.of("/srv/data"), gate);
        return new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect, TIMINGS);
    }

    private MigrationOutcome migrate(PodmanDriver driver) throws InterruptedException {
        return driver.migrate(Lab.A, Lab.B, listener, new Cancellation());
    }

    private ServiceClient client() throws IOException {
        return new ServiceClient(workload.address(), 7000);
    }

    private void quietly(ThrowingRunnable action) {
        try {
            action.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface ThrowingRunnable {
        void run() throws InterruptedException;
    }

    /** Failed, but saved: it answers at the source, with its state and its connections, exactly once. */
    private void backAtTheSource(MigrationOutcome outcome, PodmanDriver driver, ServiceClient client, String id)
            throws Exception {
        assertThat(outcome).as("%s", listener).isInstanceOf(MigrationOutcome.Failed.class);
        assertThat(((MigrationOutcome.Failed) outcome).whereabouts())
                .as("%s", outcome)
                .isEqualTo(new Whereabouts.RunningOn(Lab.A));
        assertThat(client.askHeld()).containsEntry("id", id);
        assertThat(client.ask()).containsEntry("id", id);
        movableAgain(driver, client, id);
    }

    /** Recovery finds nothing to complain of, nothing is left over, and the next migration works. */
    private void movableAgain(PodmanDriver driver, ServiceClient client, String id) throws Exception {
        Whereabouts.RunningOn here = (Whereabouts.RunningOn) driver.recover().whereabouts();
        assertThat(workload.processes()).isEqualTo(1);
        assertThat(workload.leftovers()).isEmpty();
        assertThat(driver.locate()).isEqualTo(here);
        String there = here.host().equals(Lab.A) ? Lab.B : Lab.A;
        assertThat(driver.migrate(here.host(), there, new RecordingListener(), new Cancellation()))
                .isEqualTo(new MigrationOutcome.Completed());
        assertThat(client.askHeld()).containsEntry("id", id);
        assertThat(client.ask()).containsEntry("id", id);
        assertThat(workload.processes()).isEqualTo(1);
        assertThat(workload.leftovers()).isEmpty();
    }

    @Test
    void destinationUnreachableBefore() throws Exception {
        workload.start("counter", 7000, "runc", "");
        try (PodmanDriver driver = driver();
                ServiceClient client = client()) {
            String id = client.askHeld().get("id");
            workload.link(Lab.B, false);
            MigrationOutcome outcome = migrate(driver);
            assertThat(listener.requests).isZero();
            workload.link(Lab.B, true);
            backAtTheSource(outcome, driver, client, id);
        }
    }

    @Test
    void destinationDropsOffTheNetworkDuringTheTransfer() throws Exception {
        workload.start("counter", 7000, "runc", "--memory-mb 200");
        try (PodmanDriver driver = driver();
                ServiceClient client = client()) {
            String id = client.askHeld().get("id");
            listener.whenPhaseStarts(Phases.TRANSFER, () -> quietly(() -> workload.link(Lab.B, false)));
            MigrationOutcome outcome = migrate(driver);
            // Alive before the destination is back: it had never been asked to restore.
            assertThat(client.askHeld()).containsEntry("id", id);
            workload.link(Lab.B, true);
            backAtTheSource(outcome, driver, client, id);
        }
    }

    @Test
    void sshBetweenTheHostsCutDuringTheTransfer() throws Exception {
        workload.start("counter", 7000, "runc", "--memory-mb 200");
        try (PodmanDriver driver = driver();
                ServiceClient client = client()) {
            String id = client.askHeld().get("id");
            listener.whenPhaseStarts(Phases.TRANSFER, () -> workload.cutSessions(Lab.B, lab.get("LAB_HOST_A")));
            backAtTheSource(migrate(driver), driver, client, id);
        }
    }

    @Test
    void sshToTheSourceCutDuringTheTransfer() throws Exception {
        workload.start("counter", 7000, "runc", "--memory-mb 200");
        try (PodmanDriver driver = driver();
                ServiceClient client = client()) {
            String id = client.askHeld().get("id");
            listener.whenPhaseStarts(Phases.TRANSFER, () -> workload.cutSessions(Lab.A, lab.get("LAB_CLIENT")));
            backAtTheSource(migrate(driver), driver, client, id);
        }
    }

    @Test
    void connectionLostWhileTheDestinationRestores() throws Exception {
        workload.start("counter", 7000, "runc", "--memory-mb 50");
        try (PodmanDriver driver = driver();
                ServiceClient client = client()) {
            String id = client.askHeld().get("id");
            listener.whenPhaseStarts(Phases.RESTORE, () -> workload.cutSessions(Lab.B, lab.get("LAB_CLIENT")));
            MigrationOutcome outcome = migrate(driver);
            assertThat(outcome).as("%s", listener).isEqualTo(new MigrationOutcome.Completed());
            assertThat(driver.locate()).isEqualTo(new Whereabouts.RunningOn(Lab.B));
            assertThat(client.askHeld()).containsEntry("id", id);
            movableAgain(driver, client, id);
        }
    }

    @Test
    void connectionLostJustAfterTheRestoreSucceeded() throws Exception {
        workload.start("counter", 7000, "runc", "");
        try (PodmanDriver driver = driver();
                ServiceClient client = client()) {
            String id = client.askHeld().get("id");
            listener.whenMarked(Mark.Kind.DESTINATION_OPENED, () -> quietly(() -> workload.link(Lab.B, false)));
            Thread mender = new Thread(() -> quietly(() -> {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> listener.marks.containsKey(Mark.Kind.DESTINATION_OPENED));
                await().atMost(Duration.ofMinutes(1)).until(() -> client.silentForMillis() > DEAD_LINE_MILLIS);
                workload.link(Lab.B, true);
            }));
            mender.start();
            MigrationOutcome outcome = migrate(driver);
            mender.join();
            // Whether the engine gave up before the line was mended or not: nothing was resumed at the source.
            assertThat(workload.processes()).isEqualTo(1);
            Recovery recovery = driver.recover();
            assertThat(recovery.whereabouts()).as("%s", outcome).isEqualTo(new Whereabouts.RunningOn(Lab.B));
            assertThat(client.askHeld()).containsEntry("id", id);
            movableAgain(driver, client, id);
        }
    }

    @Test
    void destinationsDiskFull() throws Exception {
        workload.start("counter", 7000, "runc", "--memory-mb 64");
        workload.require(
                Lab.B, "mkdir -p %1$s && mount -t tmpfs -o size=32k tmpfs %1$s".formatted(LabWorkload.STAGING));
        try (PodmanDriver driver = driver();
                ServiceClient client = client()) {
            String id = client.askHeld().get("id");
            MigrationOutcome outcome = migrate(driver);
            workload.require(Lab.B, "umount " + LabWorkload.STAGING);
            assertThat(((MigrationOutcome.Failed) outcome).cause().toString()).contains("No space left on device");
            backAtTheSource(outcome, driver, client, id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void restoreFails(boolean macvlan) throws Exception {
        workload = new LabWorkload(lab, hosts, macvlan);
        workload.start("counter", 7000, "runc", "");
        try (PodmanDriver driver = driver();
                ServiceClient client = client()) {
            String id = client.askHeld().get("id");
            listener.whenPhaseStarts(
                    Phases.SWITCH_TRAFFIC,
                    () -> quietly(() -> workload.require(
                            Lab.B, "truncate -s 100000 %s/*/counter.tar".formatted(LabWorkload.STAGING))));
            backAtTheSource(migrate(driver), driver, client, id);
        }
    }

    @Test
    void checkpointRefusedForAConnectionInFlight() throws Exception {
        workload.start("counter", 7000, "runc", "");
        try (PodmanDriver driver = driver(false);
                ServiceClient client = client()) {
            String id = client.askHeld().get("id");
            // A stopped service accepts nothing: the connection waits in its queue.
            workload.require(Lab.A, "kill -STOP $(pgrep -x counter)");
            try (Socket waiting = new Socket()) {
                waiting.connect(new InetSocketAddress(workload.address(), 7000), 2000);
                MigrationOutcome outcome = migrate(driver);
                workload.require(Lab.A, "kill -CONT $(pgrep -x counter)");
                assertThat(((MigrationOutcome.Failed) outcome).stage()).isEqualTo(Phases.CHECKPOINT);
                assertThat(((MigrationOutcome.Failed) outcome).cause().toString())
                        .contains("CRIU: ", "In-flight connection");
                backAtTheSource(outcome, driver, client, id);
            }
        }
    }

    @Test
    void containerStoppedMeanwhile() throws Exception {
        workload.start("counter", 7000, "runc", "");
        try (PodmanDriver driver = driver()) {
            listener.whenPhaseStarts(
                    Phases.VOLUME_SYNC, () -> quietly(() -> workload.require(Lab.A, "podman kill counter")));
            MigrationOutcome outcome = migrate(driver);
            assertThat(outcome).isInstanceOf(MigrationOutcome.Failed.class);
            assertThat(((MigrationOutcome.Failed) outcome).whereabouts()).isInstanceOf(Whereabouts.NotRunning.class);
            assertThat(workload.processes()).isZero();
            workload.require(Lab.A, "podman start counter");
            assertThat(driver.recover().whereabouts()).isEqualTo(new Whereabouts.RunningOn(Lab.A));
            try (ServiceClient client = client()) {
                movableAgain(driver, client, client.askHeld().get("id"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"checkpoint, host-a", "transfer, host-a", "switch-traffic, host-b", "restore, host-b"})
    void cancelledOnTheWay(String phase, String expected) throws Exception {
        workload.start("counter", 7000, "runc", "--memory-mb 50");
        try (PodmanDriver driver = driver();
                ServiceClient client = client()) {
            String id = client.askHeld().get("id");
            Cancellation cancellation = new Cancellation();
            // When the switch of the traffic begins, the source has handed over: the destination is restoring.
            listener.whenPhaseStarts(phase, cancellation::request);
            MigrationOutcome outcome = driver.migrate(Lab.A, Lab.B, listener, cancellation);
            Whereabouts there = new Whereabouts.RunningOn(expected);
            if (expected.equals(Lab.B)) {
                assertThat(outcome).isEqualTo(new MigrationOutcome.Completed());
            } else {
                assertThat(outcome).as("%s", listener).isEqualTo(new MigrationOutcome.Cancelled(there));
            }
            assertThat(driver.locate()).isEqualTo(there);
            assertThat(client.askHeld()).containsEntry("id", id);
            movableAgain(driver, client, id);
        }
    }

    /** SIGKILL: no shutdown hook, no farewell. */
    @ParameterizedTest
    @ValueSource(strings = {"gated", "transfer", "switch-traffic", "restore", "clean-up"})
    void engineKilled(String point) throws Exception {
        workload.start("counter", 7000, "runc", "--memory-mb 40");
        try (PodmanDriver driver = driver();
                ServiceClient client = client()) {
            String id = client.askHeld().get("id");
            killAnEngineAt(point);
            // The gate's elements die with the engine's care for them; only the empty table may be left.
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(dropping()).doesNotContain("expires"));
            Recovery recovery = driver.recover();
            assertThat(recovery.alive()).as("%s", recovery).isTrue();
            assertThat(client.ask()).containsEntry("id", id);
            assertThat(driver.recover().whereabouts()).isEqualTo(recovery.whereabouts());
            movableAgainWithoutTheHeldConnection(driver, id, client);
        }
    }

    private String dropping() {
        try {
            return workload.on(Lab.A, "nft list ruleset").out()
                    + workload.on(Lab.B, "nft list ruleset").out();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** While nobody answered behind the open gate, the source's kernel may have reset the held connection. */
    private void movableAgainWithoutTheHeldConnection(PodmanDriver driver, String id, ServiceClient client)
            throws Exception {
        Whereabouts.RunningOn here = (Whereabouts.RunningOn) driver.locate();
        assertThat(workload.processes()).isEqualTo(1);
        assertThat(workload.leftovers()).isEmpty();
        String there = here.host().equals(Lab.A) ? Lab.B : Lab.A;
        assertThat(driver.migrate(here.host(), there, listener, new Cancellation()))
                .isEqualTo(new MigrationOutcome.Completed());
        assertThat(client.ask()).containsEntry("id", id);
        assertThat(workload.leftovers()).isEmpty();
    }

    private void killAnEngineAt(String point) throws InterruptedException {
        try {
            Process engine = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            MigrateOnce.class.getName(),
                            lab.get("LAB_DIR"),
                            point)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(engine.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(said.readLine()).isEqualTo("reached");
            } finally {
                engine.destroyForcibly();
            }
            engine.waitFor();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
