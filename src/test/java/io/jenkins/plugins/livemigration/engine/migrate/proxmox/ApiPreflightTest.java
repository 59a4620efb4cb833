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
        cluster.quorate = false;
        cluster.lock = "backup";
        cluster.haManaged = true;
        cluster.localDisks.add("local-lvm:vm-100-disk-0");
        cluster.localResources.add("hostpci0");
        cluster.datacenterMigration = "insecure";
        cluster.versions.put("yagra", "9.1.1");
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
                .containsExactlyInAnyOrder(
                        "noQuorum",
                        "missingPrivilege",
                        "locked",
                        "localDisks",
                        "localResources",
                        "replicatedElsewhere");
        assertThat(keys(findings, Severity.WARNING))
                .containsExactlyInAnyOrder(
                        "versionsDiffer",
                        "haManaged",
                        "haNeedsModify",
                        "clusterInsecure",
                        "backup",
                        "haPullsBack",
                        "affinity");
        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.remedy().toString()).doesNotContain("preflight."));
        assertThat(findings)
                .anySatisfy(finding -> assertThat(finding.problem().toString())
                        .isEqualTo("ci@pve!jenkins lacks VM.Config.Options on /vms/100."));
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
