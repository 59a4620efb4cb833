package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether both nodes run the same: a guest moves to what is newer, and not always back. */
final class VersionChecks {
    /** What moves the guest: a node's release may be the same and these be not. */
    private static final List<String> MOVERS = List.of("pve-qemu-kvm", "qemu-server");

    private final PveQuestions api;
    private final Guest guest;
    private final ProxmoxPlan plan;
    private final Findings findings;

    VersionChecks(PveQuestions api, Guest guest, Findings findings) {
        this.api = api;
        this.guest = guest;
        this.plan = guest.plan();
        this.findings = findings;
    }

    /** The nodes' releases. */
    void releases() throws InterruptedException {
        Optional<PveVersion> from = PveVersion.of(api, plan.from());
        Optional<PveVersion> to = PveVersion.of(api, plan.to());
        if (from.isEmpty() || to.isEmpty()) {
            findings.warning(Findings.CLUSTER, "versionUnseen", plan.from() + ", " + plan.to());
            return;
        }
        old(plan.from(), from.get());
        old(plan.to(), to.get());
        if (!from.get().text().equals(to.get().text())) {
            findings.warning(
                    Findings.CLUSTER,
                    "versionsDiffer",
                    plan.from(),
                    from.get().text(),
                    plan.to(),
                    to.get().text());
        }
    }

    private void old(String node, PveVersion version) {
        if (version.compareTo(PveVersion.OLDEST) < 0) {
            findings.warning(node, "oldVersion", node, version.text(), PveVersion.OLDEST.text());
        }
    }

    /** The packages that move a virtual machine. Who may not read them is told so with the privileges. */
    void packages() throws InterruptedException {
        if (guest.container()) {
            return;
        }
        Map<String, String> from = packages(plan.from());
        Map<String, String> to = packages(plan.to());
        for (String name : MOVERS) {
            if (from.containsKey(name) && to.containsKey(name) && !Objects.equals(from.get(name), to.get(name))) {
                findings.warning(
                        Findings.CLUSTER,
                        "packagesDiffer",
                        name,
                        plan.from(),
                        from.getOrDefault(name, ""),
                        plan.to(),
                        to.getOrDefault(name, ""));
            }
        }
    }

    private Map<String, String> packages(String node) throws InterruptedException {
        Map<String, String> versions = new HashMap<>();
        for (JsonNode found :
                api.get("/nodes/" + PveApi.encode(node) + "/apt/versions").content()) {
            String version = found.path("OldVersion").asText("");
            if (!version.isEmpty()) {
                versions.put(found.path("Package").asText(), version);
            }
        }
        return versions;
    }
}
