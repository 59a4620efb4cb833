package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a migration through the API can work at all: everything that can be seen without touching anything. */
final class ApiPreflight {
    private final PveApi api;
    private final Guest guest;
    private final ProxmoxPlan plan;
    private final Findings findings = new Findings();
    private final ClusterChecks cluster;

    ApiPreflight(PveApi api, Guest guest) {
        this.api = api;
        this.cluster = new ClusterChecks(api, findings);
        this.guest = guest;
        this.plan = guest.plan();
    }

    List<Finding> run(boolean guestPresent) throws InterruptedException {
        statedRisks();
        if (!cluster.reached(Findings.CLUSTER)) {
            return findings.all();
        }
        rootsOwn();
        boolean online = nodes();
        if (online) {
            VersionChecks versions = new VersionChecks(api, guest, findings);
            versions.releases();
            versions.packages();
        }
        new PrivilegeChecks(api, guest, findings).run();
        if (guestPresent) {
            new GuestChecks(api, guest, findings).run(online);
            new ScheduleChecks(api, guest, findings).run();
        }
        return findings.all();
    }

    private void statedRisks() {
        plan.forceReason().ifPresent(reason -> findings.warning("driver.proxmox.force", "forced", reason));
        plan.insecureTransportReason()
                .ifPresent(reason -> findings.warning("driver.proxmox.insecureTransport", "insecure", reason));
        if (plan.access() instanceof Access.Api access) {
            cluster.trust(access.tls());
        }
    }

    /** Parameters that the API takes from root@pam with a ticket only; not even a token of root's may use them. */
    private void rootsOwn() {
        if (api.isRootItself()) {
            return;
        }
        String caller = api.caller();
        if (plan.forceReason().isPresent()) {
            findings.error("driver.proxmox.force", "forceIsRoots", caller);
        }
        if (plan.insecureTransportReason().isPresent()) {
            findings.error("driver.proxmox.insecureTransport", "insecureIsRoots", caller);
        }
        if (plan.migrationNetwork().isPresent()) {
            findings.error(
                    "driver.proxmox.migrationNetwork",
                    "networkIsRoots",
                    caller,
                    plan.migrationNetwork().get());
        }
    }

    private boolean nodes() throws InterruptedException {
        cluster.quorum();
        Map<String, String> byName = cluster.nodes();
        boolean online = true;
        for (String name : List.of(plan.from(), plan.to())) {
            Optional<String> state = Optional.ofNullable(byName.get(name));
            if (state.isEmpty()) {
                findings.error(
                        name,
                        "noSuchNode",
                        name,
                        String.join(", ", byName.keySet().stream().sorted().toList()));
            } else if (!state.get().equals("online")) {
                findings.error(name, "nodeOffline", name, state.get());
            }
            online &= state.filter("online"::equals).isPresent();
        }
        return online;
    }
}
