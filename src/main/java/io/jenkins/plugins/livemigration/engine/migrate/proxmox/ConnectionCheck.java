package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tries a cluster out of which no guest is named yet. */
final class ConnectionCheck {
    private final PveApi api;
    private final Findings findings;
    private final ClusterChecks cluster;

    ConnectionCheck(PveApi api, Findings findings) {
        this.api = api;
        this.findings = findings;
        this.cluster = new ClusterChecks(api, findings);
    }

    /** Whether this address answers. */
    boolean reached(String url) throws InterruptedException {
        return cluster.reached(url);
    }

    /** Everything that is the same at all addresses. */
    void look(Tls tls) throws InterruptedException {
        cluster.trust(tls);
        cluster.quorum();
        nodes();
        guests();
    }

    private void nodes() throws InterruptedException {
        List<String> online = new ArrayList<>();
        for (Map.Entry<String, String> node : new TreeMap<>(cluster.nodes()).entrySet()) {
            if (node.getValue().equals("online")) {
                online.add(node.getKey());
            } else {
                findings.warning(node.getKey(), "nodeOffline", node.getKey(), node.getValue());
            }
        }
        if (online.size() < 2) {
            findings.error(Findings.CLUSTER, "fewNodes", String.join(", ", online));
        } else {
            findings.ok(Findings.CLUSTER, "nodesOnline", String.join(", ", online));
        }
    }

    /** What a caller may do depends on the guest, so it is checked with one; who sees none surely may not. */
    private void guests() throws InterruptedException {
        int seen = api.get("/cluster/resources", Map.of("type", "vm")).content().size();
        if (seen == 0) {
            findings.warning("driver.proxmox.credentials", "noGuestSeen", api.caller());
        } else {
            findings.ok("driver.proxmox.credentials", "guestsSeen", api.caller(), seen);
        }
    }
}
