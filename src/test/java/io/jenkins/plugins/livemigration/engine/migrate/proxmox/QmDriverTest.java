package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.RealLogs;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.QmDouble;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Finding.Severity;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class QmDriverTest {
    private static final Whereabouts AT_HOME = new Whereabouts.RunningOn("sabda");
    private static final String CONF = "etc/nodes/sabda/qemu-server/100.conf";

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();
    private final Cancellation cancellation = new Cancellation();
    private QmDouble nodes;

    @AfterEach
    void close() {
        nodes.close();
    }

    @ParameterizedTest
    @EnumSource
    void movesOutAndBack(PveRelease release) throws Exception {
        MigrationDriver driver = driver(release, plan(false, Optional.empty()));

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(driver.locate()).isEqualTo(new Whereabouts.RunningOn("yagra"));
        assertThat(heard.marks).containsExactly(Mark.Kind.SOURCE_STOPPED, Mark.Kind.CONFIRMED);
        assertThat(heard.figures.get("downtime.reported").amount()).hasValue(57.0);
        assertThat(driver.migrate("yagra", "sabda", new Heard(), cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(driver.locate()).isEqualTo(AT_HOME);
        assertThat(nodes.read("calls"))
                .contains("sabda qm migrate 100 yagra --online 1\n", "yagra qm migrate 100 sabda --online 1\n");
    }

    @ParameterizedTest
    @EnumSource
    void restartsAContainerOutAndBack(PveRelease release) throws Exception {
        MigrationDriver driver = driver(release, container());
        nodes.write("etc/nodes/sabda/lxc/200.conf", "cores: 2\n");
        nodes.write("ps.sabda", "4242 /usr/bin/lxc-start -F -n 200\n4243 /usr/bin/lxc-start -F -n 2001\n");
        nodes.write("status", "status: running\n");
        nodes.write("log", RealLogs.text("synthetic/pve8-container-restart-ok").replace("TASK OK\n", ""));

        assertThat(driver.preflight(true)).extracting(Finding::severity).containsOnly(Severity.OK);
        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(driver.locate()).isEqualTo(new Whereabouts.RunningOn("yagra"));
        assertThat(heard.figures.get("downtime.reported").amount()).hasValue(35_000.0);
        assertThat(heard.phases).contains("shutdown", "start");
        assertThat(driver.migrate("yagra", "sabda", new Heard(), cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);
        assertThat(nodes.read("calls"))
                .contains(
                        "sabda pct migrate 200 yagra --restart 1 --timeout 180\n",
                        "yagra pct migrate 200 sabda --restart 1 --timeout 180\n");
    }

    @Test
    void startsNoContainerThatAKilledTaskLeftStopped() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, container());
        nodes.write("etc/nodes/sabda/lxc/200.conf", "lock: migrate\ncores: 2\n");
        nodes.write("ps.sabda", "");
        nodes.write("status", "status: stopped\n");

        Recovery recovery = driver.recover();

        assertThat(recovery.whereabouts()).isInstanceOf(Whereabouts.NotRunning.class);
        assertThat(recovery.actions().toString()).contains("pct unlock 200").contains("pct start 200");
        assertThat(nodes.read("calls")).doesNotContain("unlock").doesNotContain("start");
    }

    @Test
    void givesTheCommandItsOptionsAndRepeatsTheReasons() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(true, Optional.of("the lab's network is isolated")));

        driver.migrate("sabda", "yagra", heard, cancellation);

        assertThat(nodes.read("calls"))
                .contains(
                        "qm migrate 100 yagra --online 1 --with-local-disks 1 --targetstorage a:b --migration_type insecure"
                                + " --force 1\n");
        assertThat(heard.notes)
                .anyMatch(note -> note.contains("(insecure transport), because: the lab's network is isolated"))
                .anyMatch(note -> note.contains("(force), because: the lab's network is isolated"));
    }

    @Test
    void saysWhyTheCommandFailed() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(false, Optional.empty()));
        nodes.write("course", "fails");
        nodes.write("log", """
                2025-06-01 10:00:00 starting migration of VM 100 to node 'yagra' (192.0.2.12)
                2025-06-01 10:00:02 [yagra] Installed QEMU version '8.1.2' is too old to run machine type 'pc-i440fx-9.0+pve0'
                2025-06-01 10:00:02 ERROR: online migrate failure - remote command failed with exit code 255
                """);

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOfSatisfying(MigrationOutcome.Failed.class, failed -> {
                    assertThat(failed.stage()).isEqualTo("prepare");
                    assertThat(failed.cause().toString())
                            .startsWith("migration problems: node yagra says: Installed QEMU version");
                    assertThat(failed.whereabouts()).isEqualTo(AT_HOME);
                });
    }

    @Test
    void aFailedCommandIsNoSuccessWhateverItsLogSays() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(false, Optional.empty()));
        nodes.write("course", "fails");

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation)).isInstanceOf(MigrationOutcome.Failed.class);
        assertThat(heard.figures.get("downtime.reported").amount()).hasValue(57.0);
        assertThat(heard.marks).doesNotContain(Mark.Kind.CONFIRMED);
    }

    @Test
    void stopsTheWorkerWhenCancelled() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(false, Optional.empty()));
        nodes.write("course", "hangs");
        heard.onPhase = phase -> cancellation.request();

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isEqualTo(new MigrationOutcome.Cancelled(AT_HOME));
        assertThat(heard.evidence.get("task log")).contains("interrupted by signal");
        assertThat(nodes.read(CONF)).doesNotStartWith("lock");
    }

    @Test
    void unlocksAfterAKilledTaskBecauseExactlyOneProcessExists() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(false, Optional.empty()));
        nodes.write("course", "killed");

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation)).isInstanceOf(MigrationOutcome.Failed.class);
        assertThat(heard.notes)
                .anyMatch(note -> note.contains("is locked (migrate)"))
                .contains("On sabda: qm unlock 100");
        assertThat(nodes.read(CONF)).doesNotStartWith("lock").contains("lock: not ours");
    }

    @Test
    void recoversWhatADeadEngineHasLeft() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(false, Optional.empty()));
        nodes.write(CONF, "lock: migrate\ncores: 2\n[snapshot]\nlock: not ours\n");

        Recovery recovery = driver.recover();

        assertThat(recovery.whereabouts()).isEqualTo(AT_HOME);
        assertThat(recovery.actions()).hasToString("[On sabda: qm unlock 100]");
        assertThat(nodes.read(CONF)).doesNotStartWith("lock").contains("lock: not ours");
    }

    @Test
    void resumesAPausedGuestThatExistsOnce() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(false, Optional.empty()));
        nodes.write("status", "qmpstatus: paused\nstatus: running\n");

        assertThat(driver.locate()).isInstanceOf(Whereabouts.NotRunning.class);
        assertThat(driver.recover().whereabouts()).isEqualTo(AT_HOME);
    }

    @Test
    void touchesNothingWhileASecondProcessExists() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(false, Optional.empty()));
        nodes.write(CONF, "lock: migrate\ncores: 2\n");
        nodes.write("ps.yagra", "77 /usr/bin/kvm -id 100 -name game -incoming unix:/run/x -S\n");
        nodes.write("status", "qmpstatus: paused\nstatus: running\n");

        Recovery recovery = driver.recover();

        assertThat(recovery.whereabouts()).isInstanceOf(Whereabouts.Duplicated.class);
        assertThat(recovery.actions().toString())
                .contains("On yagra there is a QEMU process of guest 100 (pid [77])")
                .contains("is locked (migrate)");
        assertThat(nodes.read("calls")).doesNotContain("unlock").doesNotContain("resume");
    }

    @Test
    void startsNothingThatHasNoProcess() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(false, Optional.empty()));
        nodes.write("ps.sabda", "");
        nodes.write("status", "status: stopped\n");

        assertThat(driver.recover().whereabouts()).isInstanceOf(Whereabouts.NotRunning.class);
        assertThat(nodes.read("calls")).doesNotContain("resume").doesNotContain("start");
    }

    @Test
    void isUnknownWhileANodeIsSilentOrAWorkerLives() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(false, Optional.empty()));
        nodes.write("offline.yagra", "");
        assertThat(driver.locate())
                .isInstanceOfSatisfying(
                        Whereabouts.Unknown.class,
                        unknown -> assertThat(unknown.detail().toString())
                                .contains("node yagra: ssh: connect to host yagra"));

        nodes = new QmDouble(folder.resolve("other"), PveRelease.V8_4);
        nodes.write("ps.sabda", """
                9 task UPID:sabda:0002B1C4:0038D96F:6906CD7B:qmigrate:100:root@pam:
                4242 /usr/bin/kvm -id 100 -name game
                """);
        assertThat(driver(plan(false, Optional.empty())).recover().whereabouts())
                .isInstanceOfSatisfying(
                        Whereabouts.Unknown.class,
                        unknown ->
                                assertThat(unknown.detail().toString()).contains("is being migrated away from sabda"));
    }

    @Test
    void findsNothingWrongWithAHealthyCluster() throws Exception {
        MigrationDriver driver = driver(PveRelease.V9_0, plan(false, Optional.empty()));

        assertThat(driver.preflight(true)).extracting(Finding::severity).containsOnly(Severity.OK);
    }

    @Test
    void findsEverythingAtOnce() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(false, Optional.empty()));
        nodes.write("etc/.members", nodes.read("etc/.members").replace("\"quorate\": 1", "\"quorate\": 0"));
        nodes.write(CONF, "lock: backup\ncores: 2\n");
        nodes.write("ps.yagra", "77 /usr/bin/kvm -id 100 -name game\n");
        Files.createDirectories(folder.resolve("etc/ha"));
        nodes.write("etc/ha/resources.cfg", "vm: 100\n\tgroup x\n");

        assertThat(keys(driver, Severity.ERROR))
                .containsExactlyInAnyOrder("noQuorum", "strayProcess", "locked", "haNeedsApi");
        assertThat(keys(driver, Severity.WARNING)).containsExactly("lockHides");
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatTheClusterTellsRootAtOnce(PveRelease release) throws Exception {
        MigrationDriver driver = driver(release, plan(false, Optional.empty()));
        nodes.write("preconditions", """
                {"running":1,"local_disks":[{"volid":"local-lvm:vm-100-disk-0"}],"local_resources":["hostpci0"]}""");
        nodes.write("pvesh.cluster.replication", "[{\"id\":\"100-0\",\"guest\":100,\"target\":\"third\"}]");
        nodes.write("pvesh.cluster.backup", "[{\"id\":\"nightly\",\"pool\":\"production\",\"schedule\":\"02:00\"}]");
        nodes.write("pvesh.nodes.yagra.apt.versions", "[{\"Package\":\"pve-qemu-kvm\",\"OldVersion\":\"9.0.2-1\"}]");
        nodes.write("pvesh.cluster.options", "{\"migration\":{\"type\":\"insecure\"}}");

        assertThat(keys(driver, Severity.ERROR))
                .containsExactlyInAnyOrder("localDisks", "localResources", "replicatedElsewhere");
        assertThat(keys(driver, Severity.WARNING))
                .containsExactlyInAnyOrder("packagesDiffer", "backup", "clusterInsecure");
    }

    @Test
    void looksForTheStoragesOnBothNodes() throws Exception {
        MigrationDriver driver = driver(PveRelease.V8_4, plan(true, Optional.empty()));
        nodes.write("pvesh.nodes.sabda.storage", "[{\"storage\":\"a\",\"active\":0}]");

        assertThat(keys(driver, Severity.ERROR)).containsExactly("storageInactive");
        assertThat(nodes.read("calls"))
                .contains("pvesh get /nodes/yagra/storage --storage b --output-format json\n")
                .contains("pvesh get /nodes/sabda/storage --storage a --output-format json\n");
    }

    @ParameterizedTest
    @EnumSource
    void takesConnectionsAlongIfBothNodesCan(PveRelease release) throws Exception {
        boolean known = release.compareTo(PveRelease.V9_0) >= 0;
        MigrationDriver driver = driver(release, ApiTestBase.withConnections(plan(false, Optional.empty())));

        assertThat(driver.migrate("sabda", "yagra", heard, cancellation))
                .isInstanceOf(MigrationOutcome.Completed.class);

        assertThat(nodes.read("calls"))
                .contains("sabda qm migrate 100 yagra --online 1" + (known ? " --with-conntrack-state 1\n" : "\n"));
        assertThat(heard.notes)
                .filteredOn(note -> note.contains("did not travel along"))
                .hasSize(known ? 0 : 1);
    }

    private static List<String> keys(MigrationDriver driver, Severity severity) throws InterruptedException {
        return driver.preflight(true).stream()
                .filter(finding -> finding.severity() == severity)
                .map(finding -> finding.problem().key().replace("migrate/proxmox.preflight.", ""))
                .toList();
    }

    private MigrationDriver driver(PveRelease release, ProxmoxPlan plan) throws IOException {
        nodes = new QmDouble(folder, release);
        return driver(plan);
    }

    private MigrationDriver driver(ProxmoxPlan plan) {
        return ProxmoxDrivers.of(new Guest(plan, true), nodes, name -> Optional.empty(), ApiTestBase.QUICK);
    }

    private static ProxmoxPlan container() {
        return GuestPlans.of(new Access.Ssh("pve1"), 200, Kind.LXC);
    }

    private static ProxmoxPlan plan(boolean disks, Optional<String> risk) {
        return ApiTestBase.with(
                GuestPlans.of(new Access.Ssh("pve1"), 100, Kind.QEMU),
                Kind.QEMU,
                disks,
                disks ? Optional.of("a:b") : Optional.empty(),
                risk,
                risk);
    }
}
