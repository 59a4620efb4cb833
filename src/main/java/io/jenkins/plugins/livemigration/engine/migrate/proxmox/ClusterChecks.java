package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Tls;
import java.util.HashMap;
import java.util.Map;

/** What can be asked of a cluster without a guest: whether its API lets the caller in, and whether it is well. */
final class ClusterChecks {
    private final PveApi api;
    private final Findings findings;

    ClusterChecks(PveApi api, Findings findings) {
        this.api = api;
        this.findings = findings;
    }

    /** Says where the certificate is not verified, for the reason that the plan states. */
    void trust(Tls tls) {
        if (tls instanceof Tls.Unverified unverified) {
            findings.warning("driver.proxmox.tls", "unverified", unverified.reason());
        }
    }

    /** Whether somebody answers, and who we are to them. */
    boolean reached(String where) throws InterruptedException {
        PveAnswer version = api.get("/version");
        if (version instanceof PveAnswer.Ok) {
            findings.ok(where, "reached", version.content().path("version").asText(), api.caller());
            return true;
        }
        unreachable(version);
        return false;
    }

    private void unreachable(PveAnswer answer) {
        String caller = api.caller();
        if (answer instanceof PveAnswer.Unreachable unreachable && unreachable.certificate()) {
            findings.error("driver.proxmox", "certificateRefused", unreachable.why());
        } else if (answer instanceof PveAnswer.Unreachable unreachable) {
            findings.error("driver.proxmox", "unreachable", unreachable.why());
        } else if (answer instanceof PveAnswer.Refused refused && refused.status() == 401) {
            findings.error("driver.proxmox.credentials", "loginRefused", answer.complaint(), caller);
        } else {
            findings.error("driver.proxmox", "versionRefused", answer.complaint());
        }
    }

    /** Without a quorum nothing can be migrated. */
    void quorum() throws InterruptedException {
        PveAnswer status = api.get("/cluster/status");
        for (JsonNode each : status.content()) {
            if (each.path("type").asText().equals("cluster")) {
                String name = each.path("name").asText();
                if (each.path("quorate").asInt() == 1) {
                    findings.ok(Findings.CLUSTER, "quorate", name);
                } else {
                    findings.error(Findings.CLUSTER, "noQuorum", name);
                }
            }
        }
        if (status.forbidden()) {
            findings.warning(Findings.CLUSTER, "quorumUnseen", api.caller());
        }
    }

    /** The cluster's nodes by name, with what it says of each: {@code online}. */
    Map<String, String> nodes() throws InterruptedException {
        Map<String, String> states = new HashMap<>();
        api.get("/nodes")
                .content()
                .forEach(node -> states.put(
                        node.path("node").asText(), node.path("status").asText("unknown")));
        return states;
    }
}
