package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Tls;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.HttpApi;
import io.jenkins.plugins.livemigration.engine.remote.HttpTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Makes the driver that a plan asks for. It connects to nothing yet. */
public final class ProxmoxDrivers {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** The proxy between the nodes gives up after 30 s; a refused login answers after 3 s. */
    private static final Duration READ = Duration.ofSeconds(40);

    private ProxmoxDrivers() {}

    /** A driver for the plan's guest, over the API or over SSH. */
    public static MigrationDriver of(ProxmoxPlan plan, Hosts hosts, Credentials credentials) {
        return of(plan, hosts, credentials, Pace.gentle());
    }

    static MigrationDriver of(ProxmoxPlan plan, Hosts hosts, Credentials credentials, Pace pace) {
        if (plan.access() instanceof Access.Ssh ssh) {
            return new QmDriver(plan, new ClusterHosts(hosts, ssh.host()), pace);
        }
        Access.Api access = (Access.Api) plan.access();
        Optional<Credential> secret = credentials.find(access.credentials());
        Optional<PveLogin> login = secret.flatMap(found -> PveLogin.of(found, access.user(), System::nanoTime));
        Findings findings = new Findings();
        if (secret.isEmpty()) {
            String objection = credentials.objection(access.credentials()).orElse("");
            findings.error("driver.proxmox.credentials", "secretMissing", access.credentials(), objection);
            return new UnusableDriver(plan, findings);
        }
        if (login.isEmpty()) {
            findings.error("driver.proxmox.credentials", "secretUnusable", access.credentials());
            return new UnusableDriver(plan, findings);
        }
        try {
            HttpApi http = new HttpApi(trust(access.tls()), CONNECT, READ);
            return new ProxmoxDriver(plan, new PveApi(access.urls(), http, login.get(), pace), pace);
        } catch (IOException | IllegalArgumentException unreadable) {
            findings.error("driver.proxmox.tls", "authorityUnreadable", String.valueOf(unreadable.getMessage()));
            return new UnusableDriver(plan, findings);
        }
    }

    private static HttpTrust trust(Tls tls) throws IOException {
        if (tls instanceof Tls.OwnAuthority own) {
            return new HttpTrust.OwnAuthority(Files.readString(Path.of(own.file())));
        }
        if (tls instanceof Tls.Pinned pinned) {
            return new HttpTrust.Pinned(Set.copyOf(pinned.fingerprints()));
        }
        return tls instanceof Tls.Unverified ? new HttpTrust.Unverified() : new HttpTrust.PublicAuthorities();
    }
}
