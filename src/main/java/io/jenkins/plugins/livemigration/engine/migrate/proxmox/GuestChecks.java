package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the guest as it is now can move. */
final class GuestChecks {
    private final PveApi api;
    private final Guest guest;
    private final ProxmoxPlan plan;
    private final Findings findings;

    GuestChecks(PveApi api, Guest guest, Findings findings) {
        this.api = api;
        this.guest = guest;
        this.plan = guest.plan();
        this.findings = findings;
    }

    void run(boolean nodesOnline) throws InterruptedException {
        String where = "guest " + guest.vmid();
        Optional<String> node = new GuestPlace(api, guest).node();
        if (node.isEmpty()) {
            findings.error(where, "guestUnseen", guest.vmid(), api.login().caller());
            return;
        }
        if (!node.get().equals(plan.from()) && !node.get().equals(plan.to())) {
            findings.error(where, "elsewhere", guest.vmid(), node.get(), plan.from(), plan.to());
            return;
        }
        PveAnswer current = api.get(guest.path(node.get()) + "/status/current");
        if (!(current instanceof PveAnswer.Ok)) {
            findings.error(where, "statusRefused", node.get(), current.complaint());
            return;
        }
        state(where, node.get(), current.content());
        if (nodesOnline && !guest.container()) {
            preconditions(where, node.get());
        }
        if (nodesOnline) {
            storage(guest.otherThan(node.get()));
        }
        transport();
    }

    private void state(String where, String node, JsonNode current) throws InterruptedException {
        String status = current.path("status").asText();
        String inside = current.path("qmpstatus").asText(status);
        if (!status.equals("running") || !inside.equals("running")) {
            findings.error(where, "guestNotRunning", guest.vmid(), node, inside, guest.command());
        } else if (node.equals(plan.from())) {
            findings.ok(where, "runsAtSource", guest.vmid(), node);
        } else {
            findings.warning(where, "runsAtTarget", guest.vmid(), node, plan.from());
        }
        String lock = current.path("lock").asText("");
        if (!lock.isEmpty()) {
            findings.error(where, "locked", guest.vmid(), lock, node, guest.command());
        }
        if (current.path("ha").path("managed").asInt() == 1) {
            findings.warning(where, "haManaged", guest.vmid());
            PrivilegeChecks privileges = new PrivilegeChecks(api, guest, findings);
            if (!privileges.onBothNodes("Sys.Audit")) {
                findings.error(where, "haNeedsAudit", api.login().caller(), plan.from(), plan.to());
            }
            if (!privileges.onBothNodes("Sys.Modify")) {
                findings.warning(where, "haNeedsModify", api.login().caller(), plan.from(), plan.to());
            }
        }
    }

    private void preconditions(String where, String node) throws InterruptedException {
        String target = guest.otherThan(node);
        PveAnswer answer = api.get(guest.path(node) + "/migrate", Map.of("target", target));
        if (!(answer instanceof PveAnswer.Ok)) {
            findings.error(where, "preconditionsRefused", answer.complaint());
            return;
        }
        JsonNode data = answer.content();
        Set<String> disks = new LinkedHashSet<>();
        for (JsonNode disk : data.path("local_disks")) {
            String volume = disk.path("volid").asText();
            if (disk.path("cdrom").asInt() == 1 && !volume.contains("cloudinit")) {
                findings.error(where, "localCdrom", volume);
            } else {
                disks.add(volume);
            }
        }
        if (!disks.isEmpty() && !plan.withLocalDisks()) {
            findings.error(where, "localDisks", String.join(", ", disks));
        }
        Set<String> resources = new LinkedHashSet<>();
        data.path("local_resources").forEach(resource -> resources.add(resource.asText()));
        if (!resources.isEmpty()) {
            if (plan.forceReason().isPresent()) {
                findings.warning(where, "localResourcesForced", String.join(", ", resources));
            } else {
                findings.error(where, "localResources", String.join(", ", resources));
            }
        }
        // Before 8.4 both lists are there only for stopped guests: their absence says nothing.
        JsonNode obstacle = data.path("not_allowed_nodes").path(target);
        obstacle.properties()
                .forEach(reason -> findings.error(
                        target,
                        "nodeNotAllowed",
                        target,
                        reason.getKey(),
                        reason.getValue().toString()));
    }

    private void storage(String target) throws InterruptedException {
        if (plan.targetStorage().isEmpty() || plan.targetStorage().get().equals("1")) {
            return;
        }
        String content = guest.container() ? "rootdir" : "images";
        String wanted =
                guest.migration(target, 0).getOrDefault(guest.container() ? "target-storage" : "targetstorage", "");
        for (String pair : wanted.split(",", -1)) {
            String storage = pair.substring(pair.indexOf(':') + 1);
            JsonNode found = api.get("/nodes/" + PveApi.encode(target) + "/storage", Map.of("storage", storage))
                    .content()
                    .path(0);
            if (found.isMissingNode()) {
                findings.error(target, "noStorage", storage, target);
            } else if (found.path("active").asInt() != 1
                    || found.path("enabled").asInt(1) != 1) {
                findings.error(target, "storageInactive", storage, target);
            } else if (!Set.of(found.path("content").asText().split(",", -1)).contains(content)) {
                findings.error(target, "storageWithoutImages", storage, target, content);
            } else {
                findings.ok(target, "storageReady", storage, target);
            }
        }
    }

    private void transport() throws InterruptedException {
        JsonNode migration = api.get("/cluster/options").content().path("migration");
        boolean insecure = migration.isTextual()
                ? migration.asText().contains("insecure")
                : migration.path("type").asText().equals("insecure");
        if (insecure) {
            findings.warning(Findings.CLUSTER, "clusterInsecure");
        }
    }
}
