package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service without an address of its own: commands lead its clients from host to host, and the gate drops by port. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class CommandsTrafficLabTest {
    private static final int PORT = 7000;
    private static final int PATIENCE_MILLIS = 300;
    private static final String LOG = "/srv/data/balancer";

    private Lab lab;
    private Hosts hosts;
    private LabWorkload workload;
    private final RecordingListener listener = new RecordingListener();
    private final List<String> seen = new ArrayList<>();

    @BeforeEach
    void start(Lab running) throws InterruptedException {
        lab = running;
        hosts = lab.connect();
        workload = new LabWorkload(lab, hosts, false);
        workload.wipe();
        workload.start("counter", PORT, "runc", "--memory-mb 4");
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        workload.wipe();
        hosts.close();
    }

    private PodmanDriver driver() {
        PodmanPlan plan = workload.plan(
                List.of("counter"),
                new DriverPlan.Traffic.Commands(
                        Lab.A,
                        Optional.of("echo detach $LMB_FROM $LMB_TO >> " + LOG),
                        "echo attach $LMB_FROM $LMB_TO >> " + LOG));
        return new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect);
    }

    @Test
    void clientsAreLedAndPortsAreClosedMeanwhile() throws Exception {
        String before = ask(lab.get("LAB_HOST_A"));
        listener.whenPhaseStarts(Phases.RESTORE, () -> {
            // Nobody listens at the source any more; without a gate its kernel would say so.
            seen.add(out("cat " + LOG));
            seen.add(out("nft list tables inet | grep -c lmb_gate"));
            seen.add(refusal());
        });
        try (PodmanDriver driver = driver()) {
            assertThat(driver.preflight(true))
                    .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                    .isEmpty();
            assertThat(driver.migrate(Lab.A, Lab.B, listener, new Cancellation()))
                    .as("%s", listener)
                    .isEqualTo(new MigrationOutcome.Completed());
            assertThat(seen).containsExactly("detach host-a host-b\n", "1\n", "silence");
            assertThat(out("cat " + LOG)).isEqualTo("detach host-a host-b\nattach host-a host-b\n");
            assertThat(ask(lab.get("LAB_HOST_B"))).isEqualTo(before);
            assertThat(refusal()).isEqualTo("refused");
            assertThat(workload.leftovers()).isEmpty();
            assertThat(driver.migrate(Lab.B, Lab.A, new RecordingListener(), new Cancellation()))
                    .isEqualTo(new MigrationOutcome.Completed());
            assertThat(ask(lab.get("LAB_HOST_A"))).isEqualTo(before);
            assertThat(workload.leftovers()).isEmpty();
        }
    }

    @Test
    void clientsAreLedBackWhenTheRestoreFails() throws Exception {
        String before = ask(lab.get("LAB_HOST_A"));
        workload.require(
                Lab.B,
                "podman run -d --name squatter --network host %s --port %s".formatted(lab.get("LAB_IMAGE"), PORT));
        try (PodmanDriver driver = driver()) {
            MigrationOutcome outcome = driver.migrate(Lab.A, Lab.B, listener, new Cancellation());
            workload.require(Lab.B, "podman rm -f -t 0 squatter");
            assertThat(outcome).as("%s", listener).isInstanceOf(MigrationOutcome.Failed.class);
            assertThat(((MigrationOutcome.Failed) outcome).whereabouts()).isEqualTo(new Whereabouts.RunningOn(Lab.A));
            assertThat(out("cat " + LOG)).isEqualTo("detach host-a host-b\nattach host-b host-a\n");
            assertThat(ask(lab.get("LAB_HOST_A"))).isEqualTo(before);
            assertThat(workload.processes()).isEqualTo(1);
            assertThat(workload.leftovers()).isEmpty();
        }
    }

    @Test
    void aFailedDetachStopsNothing() throws Exception {
        String before = ask(lab.get("LAB_HOST_A"));
        PodmanPlan plan = workload.plan(
                List.of("counter"), new DriverPlan.Traffic.Commands(Lab.A, Optional.of("exit 3"), "true"));
        try (PodmanDriver driver = new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect)) {
            MigrationOutcome outcome = driver.migrate(Lab.A, Lab.B, listener, new Cancellation());
            assertThat(((MigrationOutcome.Failed) outcome).stage()).isEqualTo(Phases.SWITCH_TRAFFIC);
            assertThat(((MigrationOutcome.Failed) outcome).whereabouts()).isEqualTo(new Whereabouts.RunningOn(Lab.A));
            assertThat(listener.starts).doesNotContainKey(Phases.CHECKPOINT);
            assertThat(ask(lab.get("LAB_HOST_A"))).isEqualTo(before);
            assertThat(workload.leftovers()).isEmpty();
        }
    }

    private String out(String command) {
        try {
            return workload.require(Lab.A, command);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** What a new client's connection meets at the source: {@code silence}, {@code refused} or {@code accepted}. */
    private String refusal() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(lab.get("LAB_HOST_A"), PORT), PATIENCE_MILLIS);
            return "accepted";
        } catch (SocketTimeoutException dropped) {
            return "silence";
        } catch (IOException refused) {
            return "refused";
        }
    }

    /** The identity of the service there, by UDP. */
    private static String ask(String host) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] request = "who".getBytes(StandardCharsets.US_ASCII);
            DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
            for (int tries = 0; tries < 50; tries++) {
                socket.send(new DatagramPacket(request, request.length, new InetSocketAddress(host, PORT)));
                try {
                    socket.receive(reply);
                    String text = new String(reply.getData(), 0, reply.getLength(), StandardCharsets.US_ASCII);
                    return text.replaceAll(".*(id=[0-9a-f]+).*", "$1");
                } catch (SocketTimeoutException again) {
                    // The service may still be starting.
                }
            }
            throw new IOException("no answer from " + host);
        }
    }
}
