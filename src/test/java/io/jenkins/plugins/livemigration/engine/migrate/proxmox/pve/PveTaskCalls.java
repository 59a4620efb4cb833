package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The calls about tasks: which there are, how one does, what it has printed, and the request to end it. */
final class PveTaskCalls {
    private final PveCluster cluster;
    private final PveMoves moves;

    PveTaskCalls(PveCluster cluster, PveMoves moves) {
        this.cluster = cluster;
        this.moves = moves;
    }

    /** The tasks of a node that a user may see. */
    JsonNode list(String on, Map<String, String> form, String user) {
        ArrayNode all = PveCluster.NODES.arrayNode();
        moves.haRound();
        for (PveTask task : moves.tasks()) {
            boolean visible = task.user.equals(user) || cluster.may(user, "/nodes/" + on, "Sys.Audit");
            boolean wanted = task.node.equals(on)
                    && form.getOrDefault("typefilter", task.type).equals(task.type)
                    && task.started >= Long.parseLong(form.getOrDefault("since", "0"))
                    && (!form.getOrDefault("source", "archive").equals("active") || !task.stopped());
            if (visible && wanted) {
                ObjectNode entry = all.addObject()
                        .put("upid", task.upid)
                        .put("type", task.type)
                        .put("user", task.user);
                if (task.stopped()) {
                    entry.put("endtime", task.started + 1).put("status", task.exitStatus());
                }
            }
        }
        return all;
    }

    /** Answers one call about a task. */
    JsonNode call(String method, List<String> path, Map<String, String> form, String user) {
        PveTask task = moves.task(path.get(3)).orElseThrow(() -> new PveRefusal(500, "no such task"));
        String nodePath = "/nodes/" + path.get(1);
        if (!task.user.equals(user)) {
            cluster.need(user, nodePath, method.equals("DELETE") ? "Sys.Modify" : "Sys.Audit");
        }
        if (method.equals("DELETE")) {
            moves.interrupt(task);
            return PveCluster.NODES.nullNode();
        }
        if (path.size() == 5 && path.get(4).equals("status")) {
            task.step();
            ObjectNode found = PveCluster.NODES
                    .objectNode()
                    .put("upid", task.upid)
                    .put("node", task.node)
                    .put("type", task.type);
            found.put("status", task.stopped() ? "stopped" : "running");
            return task.stopped() ? found.put("exitstatus", task.exitStatus()) : found;
        }
        ArrayNode page = PveCluster.NODES.arrayNode();
        int start = Integer.parseInt(form.getOrDefault("start", "0"));
        int limit = Integer.parseInt(form.getOrDefault("limit", "50"));
        if (task.log.isEmpty()) {
            page.addObject().put("n", 1).put("t", "no content");
        }
        for (int i = start; i < task.log.size() && i < start + limit; i++) {
            page.addObject().put("n", i + 1).put("t", task.log.get(i));
        }
        return page;
    }
}
