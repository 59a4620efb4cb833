package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Reachability;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether a migration with {@code qm} or {@code pct} can work at all. */
final class QmPreflight {
    private static final Duration QUICK = Duration.ofSeconds(30);

    private final Guest guest;
    private final ProxmoxPlan plan;
    private final ClusterHosts cluster;
    private final Findings findings = new Findings();

    QmPreflight(Guest guest, ClusterHosts cluster) {
        this.guest = guest;
        this.plan = guest.plan();
        this.cluster = cluster;
    }

    List<Finding> run(boolean guestPresent) throws InterruptedException {
        String entry = cluster.entry().name();
        plan.forceReason().ifPresent(reason -> findings.warning("driver.proxmox.force", "forced", reason));
        plan.insecureTransportReason()
                .ifPresent(reason -> findings.warning("driver.proxmox.insecureTransport", "insecure", reason));
        if (cluster.entry().probe(QUICK) instanceof Reachability.Unreached unreached) {
            findings.error(entry, "sshUnreachable", entry, unreached.detail());
            return findings.all();
        }
        CommandResult root = cluster.entry().run("[ \"$(id -u)\" = 0 ] && command -v " + guest.command(), QUICK);
        if (!root.ok()) {
            findings.error(entry, "notRootOrNoQm", entry, guest.command());
            return findings.all();
        }
        if (members()) {
            versions();
            new VersionChecks(new Pvesh(cluster), guest, findings).packages();
            if (guestPresent) {
                guest();
            }
        }
        return findings.all();
    }

    private boolean members() throws InterruptedException {
        Optional<JsonNode> members = cluster.members();
        if (members.isEmpty()) {
            findings.error(Findings.CLUSTER, "noMembers", cluster.entry().name());
            return false;
        }
        if (members.get().path("cluster").path("quorate").asInt() != 1) {
            findings.error(
                    Findings.CLUSTER,
                    "noQuorum",
                    members.get().path("cluster").path("name").asText("?"));
        }
        boolean online = true;
        for (String node : List.of(plan.from(), plan.to())) {
            JsonNode found = members.get().path("nodelist").path(node);
            if (found.isMissingNode()) {
                List<String> names = new ArrayList<>();
                members.get().path("nodelist").fieldNames().forEachRemaining(names::add);
                findings.error(node, "noSuchNode", node, String.join(", ", names));
            } else if (found.path("online").asInt() != 1) {
                findings.error(node, "nodeOffline", node, "offline");
            }
            online &= found.path("online").asInt() == 1;
        }
        return online;
    }

    private void versions() throws InterruptedException {
        Map<String, String> versions = new TreeMap<>();
        for (String node : List.of(plan.from(), plan.to())) {
            CommandResult version = cluster.run(node, "pveversion");
            if (!version.ok()) {
                findings.error(node, "nodeUnreachable", node, version.complaint());
            } else {
                String[] parts = version.out().strip().split("/", -1);
                versions.put(node, parts.length > 1 ? parts[1] : version.out().strip());
            }
        }
        String from = versions.getOrDefault(plan.from(), "");
        String to = versions.getOrDefault(plan.to(), "");
        if (versions.size() == 2 && !from.equals(to)) {
            findings.warning(Findings.CLUSTER, "versionsDiffer", plan.from(), from, plan.to(), to);
        }
    }

    private void guest() throws InterruptedException {
        String where = "guest " + guest.vmid();
        List<NodeLook> owners = new ArrayList<>();
        for (String node : List.of(plan.from(), plan.to())) {
            NodeLook look = NodeLook.at(node, guest, cluster);
            if (look.owner()) {
                owners.add(look);
            } else if (!look.processes().isEmpty()) {
                findings.error(node, "strayProcess", node, guest.vmid(), look.processes());
            }
        }
        if (owners.isEmpty()) {
            findings.error(where, "onNeitherNode", guest.vmid(), plan.from(), plan.to());
            return;
        }
        NodeLook owner = owners.get(0);
        if (!owner.running()) {
            findings.error(where, "guestNotRunning", guest.vmid(), owner.node(), owner.status(), guest.command());
        } else if (owner.node().equals(plan.from())) {
            findings.ok(where, "runsAtSource", guest.vmid(), owner.node());
        } else {
            findings.warning(where, "runsAtTarget", guest.vmid(), owner.node(), plan.from());
        }
        if (!owner.lock().isEmpty()) {
            findings.error(where, "locked", guest.vmid(), owner.lock(), owner.node(), guest.command());
        }
        boolean managed = managed();
        if (managed) {
            findings.error(where, "haNeedsApi", guest.vmid());
        }
        Pvesh questions = new Pvesh(cluster);
        new MoveChecks(questions, guest, findings)
                .run(owner.node(), !owner.lock().isEmpty(), managed);
        new ScheduleChecks(questions, guest, findings).run();
    }

    private boolean managed() throws InterruptedException {
        String sid = guest.sid().replace(":", ": ");
        return cluster.atEntry("grep -qx '" + sid + "' /etc/pve/ha/resources.cfg")
                .ok();
    }
}
