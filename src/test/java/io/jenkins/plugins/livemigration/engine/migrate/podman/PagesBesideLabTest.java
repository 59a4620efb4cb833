package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan.Strategy;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory that goes ahead, and pages that CRIU writes beside Podman's archive, in the lab: when it works and when it does not. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class PagesBesideLabTest {
    private static final Timings TIMINGS =
            new Timings(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofSeconds(5));
    private static final String LARGE = "--memory-mb 40 --fill random --dirty-mb-per-s 1";
    private static final String CHECKPOINT = "/var/lib/containers/storage/overlay-containers/*/userdata/checkpoint";

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
        workload.link(Lab.B, true);
        workload.wipe();
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        workload.link(Lab.B, true);
        for (String host : List.of(Lab.A, Lab.B)) {
            workload.require(host, "[ ! -e /usr/bin/perl.away ] || mv /usr/bin/perl.away /usr/bin/perl");
        }
        workload.wipe();
        hosts.close();
    }

    private PodmanDriver driver(boolean gate, String... containers) {
        PodmanPlan plan = workload.plan(Strategy.STOP_AND_COPY, List.of(containers), List.of(), gate);
        return new PodmanDriver(plan, lab.hostPlans(), hosts, lab::connect, TIMINGS);
    }

    private MigrationOutcome migrate(PodmanDriver driver) throws InterruptedException {
        return driver.migrate(Lab.A, Lab.B, listener, new Cancellation());
    }

    private ServiceClient client(int port) throws Exception {
        return new ServiceClient(workload.address(), port);
    }

    /** Looks at a host when a phase begins. */
    private void lookWhenStarts(String phase, String host, String command) {
        listener.whenPhaseStarts(phase, () -> seen.add(out(host, command)));
    }

    private String out(String host, String command) {
        try {
            return workload.require(host, command);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private void doWhenMemoryIsAhead(String command) {
        listener.whenPhaseEnds(Phases.MEMORY_AHEAD, () -> out(Lab.A, command));
    }

    /** It answers, once, with its state and all of its memory, and nothing is left over. */
    private void lives(ServiceClient client, String id) throws Exception {
        assertThat(client.askHeld()).containsEntry("id", id);
        assertThat(client.memoryIsWhole()).isTrue();
        assertThat(workload.processes()).isEqualTo(1);
        assertThat(workload.leftovers()).isEmpty();
    }

    private double megabytesSent() {
        return listener.figures.get(Metrics.BYTES_ARCHIVE.id()).amount().orElseThrow() / 1e6;
    }

    @ParameterizedTest
    @ValueSource(strings = {"runc", "crun"})
    void podmansArchiveHoldsNoPages(String runtime) throws Exception {
        workload.start("counter", 7000, runtime, LARGE);
        // The source has handed over: its checkpoint is complete and still there.
        lookWhenStarts(
                Phases.SWITCH_TRAFFIC,
                Lab.A,
                "find %s -name 'pages-1.img' -printf '%%y %%l\\n'; find %s -name 'pages-*.img' -printf '%%f %%s\\n'"
                        .formatted(CHECKPOINT, LabWorkload.STAGING));
        try (PodmanDriver driver = driver(true, "counter");
                ServiceClient client = client(7000)) {
            String id = client.askHeld().get("id");
            assertThat(migrate(driver)).as("%s", listener).isEqualTo(new MigrationOutcome.Completed());
            assertThat(seen)
                    .singleElement()
                    .asString()
                    .containsPattern("l [./]*/dev/shm/lmb-test/.*/counter.pages/pages-1.img")
                    .containsPattern("pages-1.img 4[0-9]{7}\n")
                    .doesNotContain("pages-2.img");
            assertThat(megabytesSent()).isLessThan(30);
            assertThat(listener.notes).isEmpty();
            lives(client, id);
        }
    }

    @Test
    void severalContainersWithMemoryAheadMoveTogether() throws Exception {
        workload.start("front", 7000, "runc", LARGE);
        workload.start("back", 7001, "crun", LARGE);
        lookWhenStarts(
                Phases.SWITCH_TRAFFIC, Lab.A, "find %s -name 'pages-*.img' | wc -l".formatted(LabWorkload.STAGING));
        try (PodmanDriver driver = driver(true, "front", "back");
                ServiceClient front = client(7000);
                ServiceClient back = client(7001)) {
            String frontId = front.askHeld().get("id");
            String backId = back.askHeld().get("id");
            assertThat(migrate(driver)).as("%s", listener).isEqualTo(new MigrationOutcome.Completed());
            assertThat(seen).containsExactly("2\n");
            assertThat(megabytesSent()).isLessThan(60);
            assertThat(front.askHeld()).containsEntry("id", frontId);
            assertThat(back.askHeld()).containsEntry("id", backId);
            assertThat(front.memoryIsWhole() && back.memoryIsWhole()).isTrue();
            assertThat(workload.leftovers()).isEmpty();
        }
    }

    @Test
    void takesThePagesFromTheArchiveWhereLinksAreNotFollowed() throws Exception {
        workload.start("counter", 7000, "runc", LARGE);
        doWhenMemoryIsAhead("rm %s/pages-*.img".formatted(CHECKPOINT));
        try (PodmanDriver driver = driver(true, "counter");
                ServiceClient client = client(7000)) {
            String id = client.askHeld().get("id");
            assertThat(migrate(driver)).as("%s", listener).isEqualTo(new MigrationOutcome.Completed());
            assertThat(megabytesSent()).isLessThan(30);
            lives(client, id);
        }
    }

    /** On the source: room for nothing, for the copy, for copy and pages. */
    @ParameterizedTest
    @CsvSource({"40, 0, 40", "75, 1, 30", "200, 1, 30"})
    void doesWithTheRoomThatThereIs(int megabytes, int seeds, int mostSent) throws Exception {
        workload.start("counter", 7000, "runc", LARGE);
        workload.require(
                Lab.A,
                "mkdir -p %1$s && mount -t tmpfs -o size=%2$sm tmpfs %1$s".formatted(LabWorkload.STAGING, megabytes));
        lookWhenStarts(
                Phases.SWITCH_TRAFFIC,
                Lab.A,
                "find %1$s -name counter.seed | wc -l; find %1$s -name pages-1.img | wc -l"
                        .formatted(LabWorkload.STAGING));
        try (PodmanDriver driver = driver(true, "counter");
                ServiceClient client = client(7000)) {
            String id = client.askHeld().get("id");
            assertThat(migrate(driver)).as("%s", listener).isEqualTo(new MigrationOutcome.Completed());
            assertThat(seen).containsExactly(seeds + "\n" + (megabytes > 100 ? 1 : 0) + "\n");
            assertThat(listener.notes).hasSize(1 - seeds);
            assertThat(megabytesSent()).isLessThan(mostSent + 10);
            lives(client, id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Lab.A, Lab.B})
    void doesWithoutPerl(String host) throws Exception {
        workload.start("counter", 7000, "runc", LARGE);
        workload.require(host, "mv /usr/bin/perl /usr/bin/perl.away");
        try (PodmanDriver driver = driver(true, "counter");
                ServiceClient client = client(7000)) {
            String id = client.askHeld().get("id");
            assertThat(migrate(driver)).as("%s", listener).isEqualTo(new MigrationOutcome.Completed());
            assertThat(listener.notes).singleElement().asString().contains("no Perl");
            assertThat(megabytesSent()).isGreaterThan(40);
            lives(client, id);
        }
    }

    @Test
    void comesBackFromThePagesBesideWhenTheRestoreFails() throws Exception {
        workload.start("counter", 7000, "runc", LARGE);
        listener.whenPhaseStarts(
                Phases.SWITCH_TRAFFIC,
                () -> out(Lab.B, "truncate -s 1000 %s/*/counter.tar".formatted(LabWorkload.STAGING)));
        staysAtTheSource("restore");
    }

    @Test
    void comesBackFromThePagesBesideWhenTheTransferIsCut() throws Exception {
        workload.start("counter", 7000, "crun", LARGE);
        listener.whenPhaseStarts(Phases.CHECKPOINT, () -> workload.cutSessions(Lab.B, lab.get("LAB_HOST_A")));
        staysAtTheSource("transfer");
    }

    @Test
    void stagingThatIsFullWhileThePagesAreWrittenLeavesTheWorkloadAlone() throws Exception {
        workload.start("counter", 7000, "runc", LARGE);
        workload.require(
                Lab.A, "mkdir -p %1$s && mount -t tmpfs -o size=110m tmpfs %1$s".formatted(LabWorkload.STAGING));
        doWhenMemoryIsAhead("head -c 50000000 /dev/zero > %s/filled".formatted(LabWorkload.STAGING));
        listener.whenPhaseStarts(Phases.CHECKPOINT, () -> seen.add("gated"));
        MigrationOutcome outcome;
        try (PodmanDriver driver = driver(true, "counter");
                ServiceClient client = client(7000)) {
            String id = client.askHeld().get("id");
            outcome = migrate(driver);
            workload.require(Lab.A, "rm %s/filled".formatted(LabWorkload.STAGING));
            assertThat(seen).containsExactly("gated");
            assertThat(((MigrationOutcome.Failed) outcome).whereabouts()).isEqualTo(new Whereabouts.RunningOn(Lab.A));
            lives(client, id);
        }
    }

    @Test
    void aRefusedCheckpointLeavesNoLinks() throws Exception {
        workload.start("counter", 7000, "runc", LARGE);
        try (PodmanDriver driver = driver(false, "counter");
                ServiceClient client = client(7000)) {
            String id = client.askHeld().get("id");
            workload.require(Lab.A, "kill -STOP $(pgrep -x counter)");
            try (Socket waiting = new Socket()) {
                waiting.connect(new InetSocketAddress(workload.address(), 7000), 2000);
                MigrationOutcome outcome = migrate(driver);
                workload.require(Lab.A, "kill -CONT $(pgrep -x counter)");
                assertThat(((MigrationOutcome.Failed) outcome).stage()).isEqualTo(Phases.CHECKPOINT);
            }
            lives(client, id);
        }
    }

    @Test
    void bringsThePagesInWhenItCannotBeDecided() throws Exception {
        workload.start("counter", 7000, "runc", LARGE);
        listener.whenPhaseStarts(Phases.SWITCH_TRAFFIC, () -> {
            try {
                workload.link(Lab.B, false);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        try (PodmanDriver driver = driver(true, "counter");
                ServiceClient client = client(7000)) {
            String id = client.askHeld().get("id");
            MigrationOutcome outcome = migrate(driver);
            assertThat(((MigrationOutcome.Failed) outcome).whereabouts()).isInstanceOf(Whereabouts.Unknown.class);
            assertThat(workload.require(Lab.A, "find %s -name pages-1.img -size +39M -type f".formatted(CHECKPOINT)))
                    .isNotEmpty();
            assertThat(listener.notes)
                    .anySatisfy(note -> assertThat(note.toString()).contains("survive a reboot"));
            workload.link(Lab.B, true);
            Recovery recovery = driver.recover();
            assertThat(recovery.alive()).as("%s", recovery).isTrue();
            assertThat(client.ask()).containsEntry("id", id);
            assertThat(client.memoryIsWhole()).isTrue();
            assertThat(workload.processes()).isEqualTo(1);
            assertThat(workload.leftovers()).isEmpty();
        }
    }

    /** As after a reboot of a host whose containers are on a disk. */
    @Test
    void aCheckpointWhosePagesAreLostIsNotTakenForWhole() throws Exception {
        workload.start("counter", 7000, "runc", LARGE);
        String links = """
                set -e
                directory=$(podman container inspect --format '{{.StaticDir}}' counter)/checkpoint
                mkdir -p %1$s/pages "$directory"
                ln -s ../../../../../../../..%1$s/pages/pages-1.img "$directory/pages-1.img"
                ln -s ../../../../../../../..%1$s/pages/pages-2.img "$directory/pages-2.img"
                podman container checkpoint --tcp-established counter
                """.formatted(LabWorkload.STAGING);
        workload.require(Lab.A, links);
        try (PodmanDriver driver = driver(true, "counter")) {
            SideInspection inspection = new SideInspection(
                    WorkloadNames.of(List.of("counter")), List.of("counter"), new TravellingAddressSwitch());
            assertThat(state(inspection)).isEqualTo(Copy.State.RESUMABLE);
            workload.require(Lab.A, "rm -r " + LabWorkload.STAGING);
            assertThat(state(inspection)).isEqualTo(Copy.State.STOPPED);
            workload.require(Lab.A, "podman start counter");
            assertThat(driver.recover().whereabouts()).isEqualTo(new Whereabouts.RunningOn(Lab.A));
            try (ServiceClient client = client(7000)) {
                String id = client.askHeld().get("id");
                assertThat(migrate(driver)).as("%s", listener).isEqualTo(new MigrationOutcome.Completed());
                lives(client, id);
            }
        }
    }

    private Copy.State state(SideInspection inspection) throws InterruptedException {
        SideInspection.Told told = (SideInspection.Told) inspection.look(hosts.host(Lab.A));
        return told.report().copies().get("counter").state();
    }

    private void staysAtTheSource(String stage) throws Exception {
        try (PodmanDriver driver = driver(true, "counter");
                ServiceClient client = client(7000)) {
            String id = client.askHeld().get("id");
            MigrationOutcome outcome = migrate(driver);
            assertThat(outcome).as("%s", listener).isInstanceOf(MigrationOutcome.Failed.class);
            assertThat(((MigrationOutcome.Failed) outcome).stage()).isEqualTo(stage);
            assertThat(((MigrationOutcome.Failed) outcome).whereabouts()).isEqualTo(new Whereabouts.RunningOn(Lab.A));
            lives(client, id);
            assertThat(driver.migrate(Lab.A, Lab.B, new RecordingListener(), new Cancellation()))
                    .isEqualTo(new MigrationOutcome.Completed());
            lives(client, id);
        }
    }
}
