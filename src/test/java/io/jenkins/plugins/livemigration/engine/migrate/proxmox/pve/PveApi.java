package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the double of the API answers to each call, from the state of its cluster. */
final class PveApi {
    private final PveCluster cluster;
    private final PveMoves moves;
    private final PveGuestCalls guest;
    private final PveTaskCalls tasks;

    PveApi(PveCluster cluster) {
        this.cluster = cluster;
        this.moves = new PveMoves(cluster);
        this.guest = new PveGuestCalls(cluster, moves);
        this.tasks = new PveTaskCalls(cluster, moves);
    }

    /** Answers one call; the content of {@code data}. */
    JsonNode call(String method, List<String> path, Map<String, String> form, String user) {
        String joined = "/" + String.join("/", path);
        if (cluster.extras.containsKey(method + " " + joined)) {
            return cluster.extras.get(method + " " + joined);
        }
        if (!method.equals("POST")) {
            Map<String, String> errors = PveSchema.ofCall(method, path).objections(form);
            if (!errors.isEmpty()) {
                throw new PveRefusal(400, "Parameter verification failed.", errors);
            }
        }
        if (path.get(0).equals("nodes") && path.size() > 1) {
            return onNode(method, path, form, user);
        }
        return switch (method + " " + joined) {
            case "GET /version" ->
                PveCluster.NODES
                        .objectNode()
                        .put("version", cluster.release.version())
                        .put("release", cluster.release.version());
            case "GET /nodes" -> {
                ArrayNode all = PveCluster.NODES.arrayNode();
                cluster.nodes.forEach((name, online) ->
                        all.addObject().put("node", name).put("status", online ? "online" : "offline"));
                yield all;
            }
            case "GET /cluster/status" -> {
                cluster.need(user, "/", "Sys.Audit");
                yield PveCluster.NODES
                        .arrayNode()
                        .add(PveCluster.NODES
                                .objectNode()
                                .put("type", "cluster")
                                .put("name", "lab")
                                .put("quorate", cluster.quorate ? 1 : 0));
            }
            case "GET /access/permissions" -> {
                ObjectNode held = PveCluster.NODES.objectNode();
                cluster.privileges.getOrDefault(form.get("path"), Set.of()).forEach(name -> held.put(name, 1));
                yield PveCluster.NODES.objectNode().set(form.get("path"), held);
            }
            case "GET /cluster/resources" -> resources(user);
            case "GET /cluster/options" -> {
                ObjectNode options = PveCluster.NODES.objectNode();
                if (!cluster.datacenterMigration.isEmpty()) {
                    options.put("migration", cluster.datacenterMigration);
                }
                yield options;
            }
            case "GET /cluster/replication" -> PveCluster.NODES.arrayNode();
            case "GET /cluster/backup" -> {
                cluster.need(user, "/", "Sys.Audit");
                yield PveCluster.NODES.arrayNode();
            }
            default -> {
                if (joined.startsWith("/cluster/ha/")) {
                    cluster.need(user, "/", "Sys.Audit");
                }
                throw new PveRefusal(501, "Method '" + method + " " + joined + "' not implemented");
            }
        };
    }

    private JsonNode resources(String user) {
        ArrayNode all = PveCluster.NODES.arrayNode();
        moves.haRound();
        if (cluster.may(user, "/vms/" + cluster.vmid, "VM.Audit")) {
            all.addObject()
                    .put("id", cluster.type + "/" + cluster.vmid)
                    .put("type", cluster.type)
                    .put("vmid", cluster.vmid)
                    .put("node", cluster.node)
                    .put("status", cluster.status)
                    .put("pool", cluster.pool);
        }
        return all;
    }

    private JsonNode onNode(String method, List<String> path, Map<String, String> form, String user) {
        String name = path.get(1);
        if (!cluster.nodes.containsKey(name)) {
            throw new PveRefusal(
                    500, "hostname lookup '" + name + "' failed - failed to get address info for: " + name);
        }
        if (!cluster.nodes.get(name)) {
            throw new PveRefusal(595, "No route to host");
        }
        String rest = String.join("/", path.subList(2, path.size()));
        if (rest.startsWith(cluster.type + "/" + cluster.vmid + "/")) {
            return guest.call(
                    method, name, rest.substring((cluster.type + "/" + cluster.vmid + "/").length()), form, user);
        }
        if (path.size() >= 3 && path.get(2).equals("tasks")) {
            return path.size() == 3 ? tasks.list(name, form, user) : tasks.call(method, path, form, user);
        }
        return switch (method + " " + rest) {
            case "GET version" ->
                PveCluster.NODES
                        .objectNode()
                        .put("version", cluster.versions.getOrDefault(name, cluster.release.version()));
            case "GET status" -> {
                cluster.need(user, "/nodes/" + name, "Sys.Audit");
                yield PveCluster.NODES.objectNode().put("kversion", "Linux 6.8.12-9-pve");
            }
            case "GET apt/versions" -> {
                cluster.need(user, "/nodes/" + name, "Sys.Audit");
                yield PveCluster.NODES
                        .arrayNode()
                        .add(PveCluster.NODES
                                .objectNode()
                                .put("Package", "pve-qemu-kvm")
                                .put("OldVersion", cluster.qemu.getOrDefault(name, "9.2.0-5")));
            }
            case "GET capabilities/qemu/migration" -> {
                if (!cluster.carriers.contains(name)) {
                    throw new PveRefusal(501, "Method 'GET /nodes/" + name + "/" + rest + "' not implemented");
                }
                cluster.need(user, "/nodes/" + name, "Sys.Audit");
                yield PveCluster.NODES.objectNode().put("has-dbus-vmstate", true);
            }
            case "GET storage" -> {
                if (cluster.missingStorages.contains(name + "/" + form.getOrDefault("storage", ""))) {
                    throw new PveRefusal(400, "Parameter verification failed.", Map.of("storage", "No such storage."));
                }
                yield PveCluster.NODES
                        .arrayNode()
                        .add(PveCluster.NODES
                                .objectNode()
                                .put("storage", form.getOrDefault("storage", "local-lvm"))
                                .put("active", 1)
                                .put("enabled", 1)
                                .put("shared", 0)
                                .put("avail", cluster.available)
                                .put("content", "rootdir,images"));
            }
            case "GET storage/local-lvm/content" -> {
                ArrayNode volumes = PveCluster.NODES.arrayNode();
                if (!name.equals(cluster.node)) {
                    cluster.orphans.forEach(
                            orphan -> volumes.addObject().put("volid", orphan).put("content", "images"));
                }
                yield volumes;
            }
            default ->
                throw new PveRefusal(501, "Method '" + method + " /nodes/" + name + "/" + rest + "' not implemented");
        };
    }
}
