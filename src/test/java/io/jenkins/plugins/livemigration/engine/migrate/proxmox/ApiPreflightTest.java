package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Tls;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Finding.Severity;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ApiPreflightTest extends ApiTestBase {

    @ParameterizedTest
    @EnumSource
    void findsNothingWrongWithAHealthyCluster(PveRelease release) throws Exception {
        start(release, 1);

        List<Finding> findings = driver(withDisks(plan())).preflight(true);

        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.OK);
        assertThat(driver(plan()).environment().get("sabda"))
                .containsEntry("proxmox-ve", release.version())
                .containsEntry("pve-qemu-kvm", "9.2.0-5")
                .containsKey("kernel");
    }

    @ParameterizedTest
    @EnumSource
    void findsEverythingAtOnce(PveRelease release) throws Exception {
        start(release, 1);
        cluster.localDisks.add("local-lvm:vm-100-disk-0");
        cluster.localResources.add("hostpci0");
        cluster.datacenterMigration = "insecure";
        cluster.versions.put("yagra", "9.1.1");
        cluster.qemu.put("yagra", "10.0.2-4");
        cluster.revoke("/vms/100", "VM.Config.Options");
        extra("GET /cluster/replication", "[{\"id\":\"100-0\",\"guest\":100,\"target\":\"third\"}]");
        extra("GET /cluster/backup", "[{\"id\":\"nightly\",\"all\":1,\"schedule\":\"02:00\"}]");
        extra("GET /cluster/ha/resources/vm:100", "{\"sid\":\"vm:100\",\"group\":\"prefer-home\"}");
        extra("GET /cluster/ha/groups/prefer-home", "{\"nodes\":\"sabda:2,yagra:1\"}");
        extra(
                "GET /cluster/ha/rules",
                "[{\"rule\":\"apart\",\"type\":\"resource-affinity\",\"affinity\":\"negative\",\"resources\":\"vm:100,vm:101\"}]");

        List<Finding> findings = driver(plan()).preflight(true);

        assertThat(keys(findings, Severity.ERROR))
                .containsExactlyInAnyOrder("missingPrivilege", "localDisks", "localResources", "replicatedElsewhere");
        assertThat(keys(findings, Severity.WARNING))
                .containsExactlyInAnyOrder(
                        "versionsDiffer", "packagesDiffer", "clusterInsecure", "backup", "haPullsBack", "affinity");
        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.remedy().toString()).doesNotContain("preflight."));
        assertThat(findings)
                .anySatisfy(finding -> assertThat(finding.problem().toString())
                        .isEqualTo("ci@pve!jenkins lacks VM.Config.Options on /vms/100."));
    }

    @ParameterizedTest
    @EnumSource
    void saysThatALockHidesTheRest(PveRelease release) throws Exception {
        start(release, 1);
        cluster.lock = "backup";
        cluster.localDisks.add("local-lvm:vm-100-disk-0");

        List<Finding> findings = driver(plan()).preflight(true);

        assertThat(keys(findings, Severity.ERROR)).containsExactly("locked");
        assertThat(keys(findings, Severity.WARNING)).containsExactly("lockHides");
    }

    @ParameterizedTest
    @EnumSource
    void saysThatNothingMovesWithoutAQuorum(PveRelease release) throws Exception {
        start(release, 1);
        cluster.quorate = false;

        List<Finding> findings = driver(plan()).preflight(true);

        assertThat(keys(findings, Severity.ERROR)).containsExactly("noQuorum");
        assertThat(keys(findings, Severity.WARNING)).containsExactly("preconditionsUnseen");
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatHighAvailabilityChanges(PveRelease release) throws Exception {
        start(release, 1);
        cluster.haManaged = true;
        cluster.localDisks.add("local-lvm:vm-100-disk-0");

        assertThat(keys(driver(plan()).preflight(true), Severity.WARNING))
                .containsExactlyInAnyOrder("haManaged", "haNeedsModify");
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR))
                .as("the HA manager takes local disks along by itself")
                .isEmpty();
        assertThat(driver(withDisks(plan())).preflight(true))
                .anySatisfy(finding -> assertThat(finding.problem().toString())
                        .isEqualTo("The HA manager does not pass on what the plan asks for guest 100: targetStorage."));
        cluster.haState = "error";
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR)).containsExactly("haGaveUp");
        cluster.haState = "started";
        cluster.revoke("/nodes/yagra", "Sys.Audit");
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR)).containsExactly("haNeedsAudit");
        cluster.grant("/nodes/yagra", "Sys.Audit");
        cluster.grant("/nodes/sabda", "Sys.Modify");
        cluster.grant("/nodes/yagra", "Sys.Modify");
        assertThat(keys(driver(plan()).preflight(true), Severity.WARNING)).containsExactly("haManaged");
    }

    @ParameterizedTest
    @EnumSource
    void namesWhatItMayNotSee(PveRelease release) throws Exception {
        start(release, 1);
        cluster.revoke("/", "Sys.Audit");

        assertThat(keys(driver(plan()).preflight(true), Severity.WARNING))
                .containsExactlyInAnyOrder("quorumUnseen", "backupsUnseen", "haRulesUnseen");
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {"vmid":"99,100"}                                | -     | true
            {"vmid":"99,1000"}                               | -     | false
            {"all":1,"exclude":"100"}                        | -     | false
            {"all":1,"node":"sabda"}                         | -     | true
            {"all":1,"node":"third"}                         | -     | false
            {"all":1,"enabled":0}                            | -     | false
            {"pool":"production"}                            | production | true
            {"pool":"production","exclude":"100"}            | production | false
            {"pool":"production"}                            | other | false
            """)
    void findsTheBackupJobsThatTakeTheGuest(String job, String pool, boolean taken) throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.pool = pool == null ? "" : pool;
        extra(
                "GET /cluster/backup",
                "[" + job.replaceFirst("[{]", "{\"id\":\"nightly\",\"schedule\":\"02:00\",") + "]");

        assertThat(keys(driver(plan()).preflight(true), Severity.WARNING))
                .isEqualTo(taken ? List.of("backup") : List.of());
    }

    @Test
    void knowsWhichLocalVolumesNeedToBeMirrored() throws Exception {
        start(PveRelease.V8_4, 1);
        extra("GET /nodes/sabda/qemu/100/migrate", """
                {"running":1,"local_resources":[],"local_disks":[
                 {"volid":"local-lvm:vm-100-cloudinit","cdrom":1},
                 {"volid":"local-lvm:vm-100-disk-2","is_tpmstate":1},
                 {"volid":"local-lvm:vm-100-disk-1","is_unused":1}]}""");
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR)).isEmpty();

        extra("GET /nodes/sabda/qemu/100/migrate", """
                {"running":1,"local_resources":[],"local_disks":[
                 {"volid":"local:iso/debian.iso","cdrom":1}, {"volid":"local-lvm:vm-100-disk-0","cdrom":0}]}""");
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR))
                .containsExactlyInAnyOrder("localCdrom", "localDisks");
        assertThat(keys(driver(withDisks(plan())).preflight(true), Severity.ERROR))
                .containsExactly("localCdrom");
    }

    @Test
    void notEvenForceMovesARunningGuestWithDevices() throws Exception {
        start(PveRelease.V8_4, 1);
        asRoot();
        cluster.localResources.add("hostpci0");
        ProxmoxPlan forced =
                with(plan(), Kind.QEMU, false, Optional.empty(), Optional.of("a reason"), Optional.empty());

        assertThat(keys(driver(forced).preflight(true), Severity.ERROR)).containsExactly("localResources");
    }

    @ParameterizedTest
    @EnumSource
    void looksForTheStoragesOnBothNodes(PveRelease release) throws Exception {
        start(release, 1);
        cluster.localDisks.add("fast:vm-100-disk-0");
        cluster.grant("/storage/fast", "Datastore.AllocateSpace");

        assertThat(driver(disksTo("fast:local-lvm")).preflight(true))
                .extracting(Finding::severity)
                .containsOnly(Severity.OK);
        assertThat(keys(driver(disksTo("local-lvm")).preflight(true), Severity.WARNING))
                .as("it would not end where it was")
                .containsExactly("diskElsewhere");
        cluster.missingStorages.add("yagra/local-lvm");
        assertThat(keys(driver(disksTo("fast:local-lvm")).preflight(true), Severity.ERROR))
                .containsExactly("noStorage");
        cluster.missingStorages.clear();
        cluster.missingStorages.add("sabda/fast");
        assertThat(keys(driver(disksTo("fast:local-lvm")).preflight(true), Severity.ERROR))
                .as("for the way back")
                .containsExactly("noStorage");
        cluster.missingStorages.clear();
        cluster.missingStorages.add("yagra/fast");
        assertThat(keys(
                        driver(with(plan(), Kind.QEMU, true, Optional.empty(), Optional.empty(), Optional.empty()))
                                .preflight(true),
                        Severity.WARNING))
                .as("a storage that the plan does not name")
                .containsExactly("storageUnseen");
    }

    @ParameterizedTest
    @EnumSource
    void looksWhetherTheDisksHaveRoom(PveRelease release) throws Exception {
        start(release, 1);
        cluster.localDisks.addAll(List.of("local-lvm:vm-100-disk-0", "local-lvm:vm-100-disk-1"));
        cluster.available = 50L << 30;

        assertThat(driver(disksTo("local-lvm")).preflight(true))
                .filteredOn(finding -> finding.severity() == Severity.WARNING)
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().toString())
                        .isEqualTo("local-lvm on yagra has 50.0 GiB left, and disks of 64.0 GiB go there."));
        cluster.available = 64L << 30;
        assertThat(driver(disksTo("local-lvm")).preflight(true))
                .extracting(Finding::severity)
                .containsOnly(Severity.OK);
    }

    @Test
    void aMissingStorageIsInTheWayOnlyIfADiskGoesThere() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.localDisks.add("fast:vm-100-disk-0");
        cluster.unavailableStorages.add("fast");
        cluster.grant("/storage/fast", "Datastore.AllocateSpace");

        assertThat(keys(driver(disksTo("fast:local-lvm")).preflight(true), Severity.ERROR))
                .isEmpty();
        assertThat(keys(driver(disksTo("1")).preflight(true), Severity.ERROR)).containsExactly("storagesMissing");
    }

    @Test
    void saysWhatKeepsTheGuestFromTheOtherNode() throws Exception {
        start(PveRelease.V9_2, 1);
        extra("GET /nodes/sabda/qemu/100/migrate", """
                {"running":1,"local_resources":[],"local_disks":[],"not_allowed_nodes":{"yagra":{
                 "unavailable-resources":["hostpci0"],
                 "blocking-ha-resources":[{"sid":"vm:101","cause":"resource-affinity"}],
                 "something-new":{"a":1}}}}""");

        List<Finding> findings = driver(plan()).preflight(true);

        assertThat(keys(findings, Severity.ERROR))
                .containsExactlyInAnyOrder("mappingMissing", "haBlocks", "nodeNotAllowed");
        assertThat(findings)
                .anySatisfy(finding -> assertThat(finding.problem().toString()).contains("vm:101 (resource-affinity)"));
    }

    @Test
    void asksForNoPrivilegeThatIsNotNeeded() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.revoke("/vms/100", "VM.Config.Disk");

        assertThat(keys(driver(disksTo("1")).preflight(true), Severity.ERROR)).isEmpty();
        assertThat(keys(driver(disksTo("local-lvm")).preflight(true), Severity.ERROR))
                .containsExactly("missingPrivilege");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhichNodeCannotTakeConnectionsAlong(PveRelease release) throws Exception {
        start(release, 1);
        boolean known = release.compareTo(PveRelease.V9_0) >= 0;
        assertThat(keys(driver(withConnections(plan())).preflight(true), Severity.WARNING))
                .isEqualTo(known ? List.of() : List.of("noConntrack"));
        cluster.carriers.add("sabda");
        cluster.carriers.remove("yagra");
        assertThat(driver(withConnections(plan())).preflight(true))
                .filteredOn(finding -> finding.severity() == Severity.WARNING)
                .extracting(Finding::where)
                .containsExactly("yagra");
        cluster.carriers.add("yagra");
        cluster.revoke("/nodes/yagra", "Sys.Audit");
        assertThat(keys(driver(withConnections(plan())).preflight(true), Severity.WARNING))
                .containsExactlyInAnyOrder("noAudit", "conntrackUnseen");
    }

    private ProxmoxPlan disksTo(String storage) {
        return with(plan(), Kind.QEMU, true, Optional.of(storage), Optional.empty(), Optional.empty());
    }

    @Test
    void explainsWhatOnlyRootMayUse() throws Exception {
        start(PveRelease.V8_4, 1);
        ProxmoxPlan plan =
                with(plan(), Kind.QEMU, false, Optional.empty(), Optional.of("a"), Optional.of("an isolated network"));

        assertThat(keys(driver(plan).preflight(true), Severity.ERROR))
                .containsExactlyInAnyOrder("forceIsRoots", "insecureIsRoots");
        asRoot();
        ProxmoxPlan asRoot =
                with(plan(), Kind.QEMU, false, Optional.empty(), Optional.of("a"), Optional.of("an isolated network"));
        assertThat(keys(driver(asRoot).preflight(true), Severity.WARNING))
                .containsExactlyInAnyOrder("forced", "insecure");
    }

    @Test
    void saysWhyTheApiIsNotReached() throws Exception {
        start(PveRelease.V8_4, 1);
        secret = "ci@pve!jenkins=wrong";
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR)).containsExactly("loginRefused");
        secret = "only a password";
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR)).containsExactly("secretUnusable");
        secret = "root@pam!x=1";
        assertThat(keys(driver(plan(new Tls.PublicAuthorities())).preflight(true), Severity.ERROR))
                .containsExactly("certificateRefused");
        assertThat(keys(driver(plan(new Tls.Pinned(List.of("00:11")))).preflight(true), Severity.ERROR))
                .containsExactly("certificateRefused");
        assertThat(keys(driver(plan(new Tls.OwnAuthority("/no/such/file"))).preflight(true), Severity.ERROR))
                .containsExactly("authorityUnreadable");
        api.kill(0);
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR)).containsExactly("unreachable");
    }

    @Test
    void trustsTheClustersOwnAuthority() throws Exception {
        start(PveRelease.V8_4, 1);
        Files.writeString(folder.resolve("ca.pem"), certificate.pem());

        assertThat(driver(plan(new Tls.OwnAuthority(folder.resolve("ca.pem").toString())))
                        .preflight(true))
                .extracting(Finding::severity)
                .containsOnly(Severity.OK);
    }

    @Test
    void namesUnverifiedTlsInEveryRun() throws Exception {
        start(PveRelease.V8_4, 1);

        assertThat(keys(driver(plan(new Tls.Unverified("first try"))).preflight(true), Severity.WARNING))
                .containsExactly("unverified");
    }

    @Test
    void findsNodesThatAreNotThere() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.nodes.put("yagra", false);
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR)).containsExactly("nodeOffline");
        cluster.nodes.remove("yagra");
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR)).containsExactly("noSuchNode");
    }

    @Test
    void leavesTheGuestAloneIfItComesLater() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.status = "stopped";

        assertThat(keys(driver(plan()).preflight(false), Severity.ERROR)).isEmpty();
        assertThat(keys(driver(plan()).preflight(true), Severity.ERROR)).containsExactly("guestNotRunning");
    }

    @Test
    void keepsTheLeaseInTheGuestsNotes() throws Exception {
        start(PveRelease.V7_4, 1);
        cluster.description = "Mail server\nof the lab";
        LeaseStore first = driver(plan()).leases();
        LeaseStore second = driver(plan()).leases();

        LeaseStore.Held held = (LeaseStore.Held) first.acquire("ann@build, run 1", Duration.ofMinutes(1));
        assertThat(second.acquire("bob@desk, run 2", Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(LeaseStore.Refused.class, refused -> {
                    assertThat(refused.holder().owner()).isEqualTo("ann@build, run 1");
                    assertThat(refused.holder().expired()).isFalse();
                });
        assertThat(first.renew(held, Duration.ofMinutes(1))).isTrue();
        cluster.lock = "migrate";
        assertThat(first.renew(held, Duration.ofMinutes(1)))
                .as("while the guest moves")
                .isTrue();
        cluster.lock = "";
        assertThat(cluster.description).startsWith("Mail server\nof the lab\nlmb-lease token=");
        first.release(held);
        assertThat(cluster.description).isEqualTo("Mail server\nof the lab");
        assertThat(second.acquire("bob@desk, run 2", Duration.ofMinutes(1))).isInstanceOf(LeaseStore.Held.class);
        assertThat(first.renew(held, Duration.ofMinutes(1))).as("lost").isFalse();
        assertThat(first.breakLease()).extracting(LeaseStore.Holder::owner).containsExactly("bob@desk, run 2");
        assertThat(first.holders()).isEmpty();
    }

    @Test
    void takesOverAnExpiredLease() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.description = "lmb-lease token=x expires=2020-01-01T00:00:00Z owner=long gone";
        LeaseStore leases = driver(plan()).leases();

        assertThat(leases.holders()).extracting(LeaseStore.Holder::expired).containsExactly(true);
        assertThat(leases.acquire("me", Duration.ofMinutes(1))).isInstanceOf(LeaseStore.Held.class);
        assertThat(cluster.description).doesNotContain("long gone");
    }

    @Test
    void saysWhyThereCanBeNoLease() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.revoke("/vms/100", "VM.Config.Options");
        MigrationDriver driver = driver(plan());

        assertThat(driver.leases().acquire("me", Duration.ofMinutes(1)))
                .isEqualTo(new LeaseStore.Impossible("Permission check failed (/vms/100, VM.Config.Options)"));
    }

    private void extra(String call, String json) throws Exception {
        cluster.extras.put(call, new ObjectMapper().readTree(json));
    }

    private static List<String> keys(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(finding -> finding.problem().key().replace("migrate/proxmox.preflight.", ""))
                .toList();
    }
}
