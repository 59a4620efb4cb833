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
import io.jenkins.plugins.livemigration.engine.result.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the driver that a plan asks for. It connects to nothing yet. */
public final class ProxmoxDrivers {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** The proxy between the nodes gives up after 30 s; a refused login answers after 3 s. */
    private static final Duration READ = Duration.ofSeconds(40);
    /** Where somebody waits at a form. */
    private static final Duration SHORT_READ = Duration.ofSeconds(8);

    private ProxmoxDrivers() {}

    /**
     * A driver for the plan's guest, over the API or over SSH.
     *
     * @param wayBack whether the guest is brought back by migrations too
     */
    public static MigrationDriver of(ProxmoxPlan plan, boolean wayBack, Hosts hosts, Credentials credentials) {
        return of(new Guest(plan, wayBack), hosts, credentials, Pace.gentle());
    }

    static MigrationDriver of(Guest guest, Hosts hosts, Credentials credentials, Pace pace) {
        ProxmoxPlan plan = guest.plan();
        if (plan.access() instanceof Access.Ssh ssh) {
            return new QmDriver(guest, new ClusterHosts(hosts, ssh.host()), pace);
        }
        Access.Api access = (Access.Api) plan.access();
        Findings findings = new Findings();
        return api(access, access.urls(), credentials, READ, pace, findings)
                .<MigrationDriver>map(api -> new ProxmoxDriver(guest, api, pace))
                .orElseGet(() -> new UnusableDriver(plan, findings));
    }

    /**
     * Whether a cluster's API lets us in at each of its addresses, and whether the cluster is well: what can be seen without
     * a guest, in seconds. Touches nothing.
     */
    public static List<Finding> connection(Access.Api access, Credentials credentials) throws InterruptedException {
        return connection(access, credentials, Pace.brief());
    }

    static List<Finding> connection(Access.Api access, Credentials credentials, Pace pace) throws InterruptedException {
        Findings findings = new Findings();
        boolean looked = false;
        for (String url : access.urls()) {
            Optional<PveApi> made = api(access, List.of(url), credentials, SHORT_READ, pace, findings);
            if (made.isEmpty()) {
                // For want of a secret or of a readable certificate: the same for all addresses.
                return findings.all();
            }
            try (PveApi api = made.get()) {
                ConnectionCheck check = new ConnectionCheck(api, findings);
                if (check.reached(url) && !looked) {
                    looked = true;
                    check.look(access.tls());
                }
            }
        }
        return findings.all();
    }

    /** Nothing, and a finding that says why, for want of a secret or of a readable certificate. */
    private static Optional<PveApi> api(
            Access.Api access,
            List<String> urls,
            Credentials credentials,
            Duration read,
            Pace pace,
            Findings findings) {
        Optional<Credential> secret = credentials.find(access.credentials());
        Optional<PveLogin> login = secret.flatMap(found -> PveLogin.of(found, access.user(), System::nanoTime));
        if (secret.isEmpty()) {
            String objection = credentials.objection(access.credentials()).orElse("");
            findings.error("driver.proxmox.credentials", "secretMissing", access.credentials(), objection);
            return Optional.empty();
        }
        if (login.isEmpty()) {
            findings.error("driver.proxmox.credentials", "secretUnusable", access.credentials());
            return Optional.empty();
        }
        try {
            HttpApi http = new HttpApi(trust(access.tls()), CONNECT, read);
            return Optional.of(new PveApi(urls, http, login.get(), pace));
        } catch (IOException | IllegalArgumentException unreadable) {
            findings.error("driver.proxmox.tls", "authorityUnreadable", String.valueOf(unreadable.getMessage()));
            return Optional.empty();
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
