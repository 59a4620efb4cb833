package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.TestCertificate;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveDouble;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Tls;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential;
import io.jenkins.plugins.livemigration.engine.remote.PlanHosts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The driver against the double of the API. */
@Timeout(60)
abstract class ApiTestBase {
    static final Pace QUICK = new Pace(
            Duration.ofMillis(5),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(300),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(300),
            Duration.ofSeconds(1));

    @TempDir
    static Path folder;

    static TestCertificate certificate;

    PveCluster cluster;
    PveDouble api;
    String secret = PveDouble.TOKEN;
    Optional<String> user = Optional.empty();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.make(folder);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    void start(PveRelease release, int endPoints) throws Exception {
        cluster = new PveCluster(release);
        api = new PveDouble(cluster, certificate, endPoints);
        open.add(api);
    }

    /** Logs in as root@pam with a password instead of the token. */
    void asRoot() {
        secret = PveDouble.PASSWORD;
        user = Optional.of("root@pam");
    }

    ProxmoxPlan plan() {
        return plan(api.urls().size());
    }

    /** A plan that knows only so many of the end points. */
    ProxmoxPlan plan(int endPoints) {
        return guest(new Access.Api(
                api.urls().subList(0, endPoints), "pve", user, new Tls.Pinned(List.of(certificate.fingerprint()))));
    }

    ProxmoxPlan plan(Tls tls) {
        return guest(new Access.Api(api.urls(), "pve", user, tls));
    }

    private static ProxmoxPlan guest(Access access) {
        return GuestPlans.of(access, 100, Kind.QEMU);
    }

    static ProxmoxPlan with(
            ProxmoxPlan plan,
            Kind kind,
            boolean localDisks,
            Optional<String> storage,
            Optional<String> force,
            Optional<String> insecure) {
        return new ProxmoxPlan(
                plan.from(),
                plan.to(),
                plan.access(),
                plan.vmid(),
                kind,
                localDisks,
                storage,
                plan.bwlimitKiB(),
                plan.migrationNetwork(),
                force,
                insecure,
                plan.conntrackState(),
                plan.shutdownTimeout());
    }

    static ProxmoxPlan withConnections(ProxmoxPlan plan) {
        return new ProxmoxPlan(
                plan.from(),
                plan.to(),
                plan.access(),
                plan.vmid(),
                plan.kind(),
                plan.withLocalDisks(),
                plan.targetStorage(),
                plan.bwlimitKiB(),
                plan.migrationNetwork(),
                plan.forceReason(),
                plan.insecureTransportReason(),
                true,
                plan.shutdownTimeout());
    }

    static ProxmoxPlan withDisks(ProxmoxPlan plan) {
        return with(plan, Kind.QEMU, true, Optional.of("local-lvm"), Optional.empty(), Optional.empty());
    }

    MigrationDriver driver(ProxmoxPlan plan) {
        return driver(plan, QUICK);
    }

    MigrationDriver driver(ProxmoxPlan plan, Pace pace) {
        Credentials credentials = name -> name.equals("pve")
                ? Optional.of(new Credential.SecretText(Optional.empty(), secret))
                : Optional.empty();
        MigrationDriver driver =
                ProxmoxDrivers.of(new Guest(plan, true), new PlanHosts(Map.of(), credentials), credentials, pace);
        open.add(driver);
        return driver;
    }
}
