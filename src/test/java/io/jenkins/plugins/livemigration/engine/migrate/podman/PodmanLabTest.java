package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

    /** CRIU sleeps 100 ms when it has to freeze the container itself and is not lucky. */
    @ParameterizedTest
    @CsvSource({"runc", "crun"})
    void doesNotWaitForTheContainerToFreezeWhileItIsDark(String runtime) throws Exception {
        LabWorkload workload = new LabWorkload(lab, hosts, false);
        workload.wipe();
        workload.start("counter", 7000, runtime, "--memory-mb 8 --dirty-mb-per-s 1");
        PodmanPlan plan = workload.plan(Strategy.STOP_AND_COPY, List.of("counter"), List.of());
        try (PodmanDriver driver = new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect);
                ServiceClient client = new ServiceClient(workload.address(), 7000)) {
            for (int round = 0; round < 2; round++) {
                String home = round == 0 ? Lab.A : Lab.B;
                String away = round == 0 ? Lab.B : Lab.A;
                RecordingListener moved = move(driver, client, home, away);
                PodmanStats stats = PodmanStats.parse(
                                moved.evidence.get("podman container checkpoint --print-stats counter"))
                        .orElseThrow();
                assertThat(stats.freezingMicros()).isLessThan(100_000);
                assertThat(workload.require(away, """
                        pid=$(podman container inspect --format '{{.State.Pid}}' counter)
                        cat "/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/$pid/cgroup)/cgroup.freeze"
                        """)).isEqualTo("0\n");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STOP_AND_COPY", "CLASSIC"})
    void movesSeveralContainersTogetherAndLeavesOthersAlone(Strategy strategy) throws Exception {
        LabWorkload workload = new LabWorkload(lab, hosts, false);
        workload.wipe();
        workload.start("front", 7000, "runc", "--memory-mb 4");
        workload.start("back", 7001, "crun", "--memory-mb 4");
        workload.start("stranger", 7002, "runc", "");
        String rule = "OUTPUT -p tcp --sport 7002 -m mark ! --mark 0xc114 -d 192.0.2.1 --dport 9 -j DROP";
        workload.require(Lab.A, "iptables -A " + rule);
        PodmanPlan plan = workload.plan(strategy, List.of("front", "back"), List.of());
        try (PodmanDriver driver = new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect);
                ServiceClient front = new ServiceClient(workload.address(), 7000);
                ServiceClient back = new ServiceClient(workload.address(), 7001)) {
            String frontId = front.askHeld().get("id");
            String backId = back.askHeld().get("id");
            move(driver, front, Lab.A, Lab.B);
            move(driver, back, Lab.B, Lab.A);
            assertThat(front.askHeld()).containsEntry("id", frontId);
            assertThat(back.askHeld()).containsEntry("id", backId);
            assertThat(workload.processes()).isEqualTo(3);
            assertThat(workload.leftovers().lines()).singleElement().asString().contains("--sport 7002");
        }
    }

    @Test
    void saysThatPreCopyIsNotSupportedHereAndTouchesNothing() throws Exception {
        LabWorkload workload = new LabWorkload(lab, hosts, false);
        workload.wipe();
        workload.start("counter", 7000, "runc", "");
        assumeFalse(workload.on(Lab.A, "criu check --feature mem_dirty_track").ok(), "this kernel does track memory");
        PodmanPlan plan = workload.plan(Strategy.PRE_COPY, List.of("counter"), List.of());
        try (PodmanDriver driver = new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect)) {
            assertThat(driver.preflight(true))
                    .filteredOn(finding -> finding.severity() == Finding.Severity.NOT_SUPPORTED)
                    .hasSize(2);
            assertThat(driver.migrate(Lab.A, Lab.B, new RecordingListener(), new Cancellation()))
                    .isInstanceOf(MigrationOutcome.NotSupported.class);
            assertThat(driver.locate()).isEqualTo(new Whereabouts.RunningOn(Lab.A));
            assertThat(workload.leftovers()).isEmpty();
        }
    }

    @Test
    void bringsChangedFilesOfVolumesOver() throws Exception {
        LabWorkload workload = new LabWorkload(lab, hosts, false);
        workload.wipe();
        workload.start("counter", 7000, "runc", "");
        workload.require(Lab.A, "head -c 100000 /dev/urandom > /srv/data/old; echo first > /srv/data/file");
        PodmanPlan plan = workload.plan(Strategy.STOP_AND_COPY, List.of("counter"), List.of("/srv/data"));
        RecordingListener listener = new RecordingListener();
        // After the first synchronisation, before the workload stands still.
        listener.whenPhaseEnds(
                Phases.VOLUME_SYNC,
                () -> write(workload, "echo second > /srv/data/file; rm /srv/data/old; echo new > /srv/data/new"));
        try (PodmanDriver driver = new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect)) {
            assertThat(driver.migrate(Lab.A, Lab.B, listener, new Cancellation()))
                    .isEqualTo(new MigrationOutcome.Completed());
            assertThat(workload.require(Lab.B, "cd /srv/data && ls && cat file"))
                    .isEqualTo("file\nnew\nsecond\n");
            assertThat(listener.figures.get(Metrics.BYTES_VOLUME.id()).amount())
                    .hasValueSatisfying(bytes -> assertThat(bytes).isBetween(100_000.0, 100_200.0));
        }
    }

    private static void write(LabWorkload workload, String command) {
        try {
            workload.require(Lab.A, command);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource({"none, runc", "none, crun", "zstd, runc"})
    void bringsMemoryAheadUnlessTheArchiveIsCompressed(String compression, String runtime) throws Exception {
        LabWorkload workload = new LabWorkload(lab, hosts, false);
        workload.wipe();
        workload.start("counter", 7000, runtime, "--memory-mb 100 --fill random --dirty-mb-per-s 1");
        PodmanPlan plan = workload.plan(Strategy.STOP_AND_COPY, List.of("counter"), List.of(), compression);
        try (PodmanDriver driver = new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect);
                ServiceClient client = new ServiceClient(workload.address(), 7000)) {
            String id = client.askHeld().get("id");
            for (String to : List.of(Lab.B, Lab.A, Lab.B)) {
                RecordingListener listener = new RecordingListener();
                assertThat(driver.migrate(to.equals(Lab.A) ? Lab.B : Lab.A, to, listener, new Cancellation()))
                        .as("%s", listener)
                        .isEqualTo(new MigrationOutcome.Completed());
                assertThat(listener.notes).isEmpty();
                double megabytes = listener.figures
                                .get(Metrics.BYTES_ARCHIVE.id())
                                .amount()
                                .orElseThrow()
                        / 1e6;
                if (compression.equals("none")) {
                    assertThat(megabytes).isLessThan(60);
                } else {
                    assertThat(megabytes).isGreaterThan(100);
                }
                assertThat(client.askHeld()).containsEntry("id", id);
                assertThat(workload.processes()).isEqualTo(1);
                assertThat(workload.leftovers()).isEmpty();
                String store = "find /var/lib/containers/storage -name 'lmb_gate*' -o -name 'pages-*.img'";
                assertThat(workload.require(Lab.A, store) + workload.require(Lab.B, store))
                        .isEmpty();
            }
        }
    }

    @Test
    void describesBothHosts() throws Exception {
        LabWorkload workload = new LabWorkload(lab, hosts, false);
        PodmanPlan plan = workload.plan(Strategy.STOP_AND_COPY, List.of("counter"), List.of());
        try (PodmanDriver driver = new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect)) {
            assertThat(driver.environment())
                    .containsOnlyKeys(Lab.A, Lab.B)
                    .allSatisfy((host, facts) -> assertThat(facts)
                            .containsKeys(
                                    "kernel",
                                    "distribution",
                                    "cpu",
                                    "podman",
                                    "criu",
                                    "runtime",
                                    "conmon",
                                    "storage",
                                    "nic",
                                    "mtu",
                                    "stagingType")
                            .containsEntry("strategy", "stop-and-copy"));
        }
    }

    private static RecordingListener move(PodmanDriver driver, ServiceClient client, String from, String to)
            throws Exception {
        RecordingListener listener = new RecordingListener();
        client.restart();
        MigrationOutcome outcome = driver.migrate(from, to, listener, new Cancellation());
        assertThat(outcome).as("%s", listener).isEqualTo(new MigrationOutcome.Completed());
        assertThat(driver.locate()).isEqualTo(new Whereabouts.RunningOn(to));
        client.askHeld();
        assertThat(listener.marks)
                .containsKeys(Mark.Kind.SOURCE_STOPPED, Mark.Kind.DESTINATION_OPENED, Mark.Kind.CONFIRMED);
        assertThat(listener.figures.get(Metrics.FREEZE.id()).amount()).isPresent();
        assertThat(listener.requests).isEqualTo(1);
        return listener;
    }
}
