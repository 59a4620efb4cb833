package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls about the cluster's guest: its status and configuration, and the request to migrate it. */
final class PveGuestCalls {
    private final PveCluster cluster;
    private final PveMoves moves;

    PveGuestCalls(PveCluster cluster, PveMoves moves) {
        this.cluster = cluster;
        this.moves = moves;
    }

    /**
     * Answers one call.
     *
     * @param at the node that was asked for the guest
     * @param what the path behind the guest's own
     */
    JsonNode call(String method, String at, String what, Map<String, String> form, String user) {
        if (!at.equals(cluster.node)) {
            String folder = cluster.type.equals("qemu") ? "qemu-server" : "lxc";
            throw new PveRefusal(
                    500,
                    "Configuration file 'nodes/" + at + "/" + folder + "/" + cluster.vmid + ".conf' does not exist");
        }
        String vm = "/vms/" + cluster.vmid;
        switch (method + " " + what) {
            case "GET status/current" -> {
                cluster.need(user, vm, "VM.Audit");
                ObjectNode current =
                        PveCluster.NODES.objectNode().put("vmid", cluster.vmid).put("status", cluster.status);
                if (cluster.type.equals("qemu")) {
                    current.put("qmpstatus", cluster.status.equals("running") ? cluster.qmpstatus : "stopped");
                    current.put("running-qemu", "9.2.0").put("running-machine", "pc-i440fx-9.2+pve1");
                }
                if (!cluster.lock.isEmpty()) {
                    current.put("lock", cluster.lock);
                }
                ObjectNode managed = current.putObject("ha").put("managed", cluster.haManaged ? 1 : 0);
                if (cluster.haManaged) {
                    managed.put("state", cluster.haState);
                }
                return current;
            }
            case "GET config" -> {
                cluster.need(user, vm, "VM.Audit");
                ObjectNode config = PveCluster.NODES.objectNode().put("digest", digest());
                if (!cluster.description.isEmpty()) {
                    config.put("description", cluster.description);
                }
                if (!cluster.lock.isEmpty()) {
                    config.put("lock", cluster.lock);
                }
                return config;
            }
            case "PUT config" -> {
                cluster.need(user, vm, "VM.Config.Options");
                if (!cluster.lock.isEmpty()) {
                    throw new PveRefusal(500, "VM is locked (" + cluster.lock + ")");
                }
                if (form.containsKey("digest") && !form.get("digest").equals(digest())) {
                    throw new PveRefusal(
                            500, "detected modified configuration - file changed by other user? Try again.");
                }
                cluster.description =
                        form.getOrDefault("delete", "").equals("description") ? "" : form.get("description");
                return PveCluster.NODES.nullNode();
            }
            case "GET migrate" -> {
                cluster.need(user, vm, "VM.Migrate");
                return conditions(at);
            }
            case "POST migrate" -> {
                return PveCluster.NODES.textNode(migrate(at, form, user));
            }
            default -> throw new PveRefusal(501, "Method '" + method + " " + what + "' not implemented");
        }
    }

    /** A guest's preconditions: a guest that is locked has none, and containers have them since 9.0. */
    private JsonNode conditions(String at) {
        boolean container = cluster.type.equals("lxc");
        boolean since9 = cluster.release.carriesConnections();
        if (container && !since9) {
            throw new PveRefusal(
                    501, "Method 'GET /nodes/" + at + "/lxc/" + cluster.vmid + "/migrate' not implemented");
        }
        obstructed();
        ObjectNode conditions = PveCluster.NODES.objectNode().put("running", cluster.status.equals("running") ? 1 : 0);
        String other = at.equals("sabda") ? "yagra" : "sabda";
        if (container) {
            conditions.putArray("allowed-nodes").add(other);
            conditions.putObject("not-allowed-nodes");
            return conditions;
        }
        ArrayNode disks = conditions.putArray("local_disks");
        cluster.localDisks.forEach(
                volume -> disks.addObject().put("volid", volume).put("cdrom", 0).put("size", 32L << 30));
        ArrayNode resources = conditions.putArray("local_resources");
        cluster.localResources.forEach(resources::add);
        if (cluster.release != PveRelease.V7_4) {
            ArrayNode allowed = conditions.putArray("allowed_nodes");
            ObjectNode forbidden = conditions.putObject("not_allowed_nodes");
            if (cluster.unavailableStorages.isEmpty()) {
                allowed.add(other);
            } else {
                ArrayNode storages = forbidden.putObject(other).putArray("unavailable_storages");
                cluster.unavailableStorages.forEach(storages::add);
            }
        }
        if (cluster.carriers.contains(at)) {
            conditions.put("has-dbus-vmstate", 1);
        }
        return conditions;
    }

    /** Whatever is asked for, a cluster without a quorum and a guest that is locked refuse it. */
    private void obstructed() {
        if (!cluster.quorate) {
            throw new PveRefusal(500, "cluster not ready - no quorum?");
        }
        if (!cluster.lock.isEmpty()) {
            throw new PveRefusal(500, (cluster.type.equals("lxc") ? "CT" : "VM") + " is locked (" + cluster.lock + ")");
        }
    }

    private String digest() {
        try {
            byte[] text = (cluster.description + "\n" + cluster.lock).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void verify(Map<String, String> form, PveSchema published, String user) {
        Map<String, String> errors = new LinkedHashMap<>(published.objections(form));
        if (form.containsKey("with-conntrack-state") && !cluster.carriers.contains(cluster.node)) {
            errors.put("with-conntrack-state", PveSchema.UNKNOWN);
        }
        form.keySet().stream()
                .filter(cluster.refused::containsKey)
                .forEach(name -> errors.put(name, cluster.refused.getOrDefault(name, "")));
        for (String own : List.of("force", "migration_type", "migration_network")) {
            // compares with the name as it is: a token of root's is somebody else
            if (form.containsKey(own) && published.has(own) && !user.equals("root@pam")) {
                errors.put(own, "Only root may use this option.");
            }
        }
        if (!errors.isEmpty()) {
            throw new PveRefusal(400, "Parameter verification failed.", errors);
        }
    }

    private String migrate(String from, Map<String, String> form, String user) {
        cluster.need(user, "/vms/" + cluster.vmid, "VM.Migrate");
        boolean container = cluster.type.equals("lxc");
        verify(form, container ? cluster.release.containerParameters() : cluster.release.migrationParameters(), user);
        String to = form.get("target");
        if (to.equals(from)) {
            throw new PveRefusal(400, "Parameter verification failed.", Map.of("target", "target is local node."));
        }
        if (!cluster.nodes.containsKey(to)) {
            throw new PveRefusal(500, "no such cluster node '" + to + "'");
        }
        obstructed();
        if (container && !form.getOrDefault("restart", "0").equals("1")) {
            throw new PveRefusal(500, "running container can only be migrated in restart mode");
        }
        if (!container && !form.getOrDefault("online", "0").equals("1")) {
            throw new PveRefusal(500, "can't migrate running VM without --online");
        }
        if (!form.getOrDefault(container ? "target-storage" : "targetstorage", "1")
                .equals("1")) {
            cluster.need(user, "/vms/" + cluster.vmid, "VM.Config.Disk");
        }
        PveTask task = cluster.haManaged ? moves.ask(from, to, user) : moves.begin(from, to, user, form);
        return task.upid;
    }
}
