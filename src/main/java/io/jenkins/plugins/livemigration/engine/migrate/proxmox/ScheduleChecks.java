package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the cluster does with the guest by itself, and would collide: backups, replication, the HA manager's rules. */
final class ScheduleChecks {
    private final PveQuestions api;
    private final Guest guest;
    private final ProxmoxPlan plan;
    private final Findings findings;
    private final String where;

    ScheduleChecks(PveQuestions api, Guest guest, Findings findings) {
        this.api = api;
        this.guest = guest;
        this.plan = guest.plan();
        this.findings = findings;
        this.where = "guest " + guest.vmid();
    }

    void run() throws InterruptedException {
        replication();
        backups();
        group();
        rules();
    }

    private void replication() throws InterruptedException {
        PveAnswer jobs = api.get("/cluster/replication");
        for (JsonNode job : jobs.content()) {
            if (job.path("guest").asInt() != guest.vmid() || job.path("disable").asInt() == 1) {
                continue;
            }
            String target = job.path("target").asText();
            boolean between = target.equals(plan.to()) || target.equals(plan.from());
            if (between || plan.forceReason().isPresent()) {
                findings.warning(
                        where,
                        "replicated",
                        guest.vmid(),
                        target,
                        job.path("schedule").asText("*/15"));
            } else {
                findings.error(where, "replicatedElsewhere", guest.vmid(), target, plan.to());
            }
        }
    }

    private void backups() throws InterruptedException {
        PveAnswer jobs = api.get("/cluster/backup");
        if (jobs.forbidden()) {
            findings.warning(Findings.CLUSTER, "backupsUnseen", api.caller());
        }
        String pool = jobs.content().isEmpty() ? "" : new GuestPlace(api, guest).pool();
        for (JsonNode job : jobs.content()) {
            if (takes(job, pool) && job.path("enabled").asInt(1) == 1) {
                String schedule =
                        job.path("schedule").asText(job.path("starttime").asText("?"));
                findings.warning(where, "backup", guest.vmid(), job.path("id").asText("?"), schedule);
            }
        }
    }

    /** Whether a backup job takes the guest: by its number, its pool, or with all others (PVE/VZDump.pm). */
    private boolean takes(JsonNode job, String pool) {
        String node = job.path("node").asText("");
        if (!node.isEmpty() && !List.of(plan.from(), plan.to()).contains(node)) {
            return false;
        }
        String vmid = String.valueOf(guest.vmid());
        boolean excluded = list(job.path("exclude").asText("")).contains(vmid);
        String ofPool = job.path("pool").asText("");
        return list(job.path("vmid").asText("")).contains(vmid)
                || (!excluded && (job.path("all").asInt() == 1 || (!ofPool.isEmpty() && ofPool.equals(pool))));
    }

    /** Up to 8.x: the guest's HA group, whose nodes have priorities. */
    private void group() throws InterruptedException {
        PveAnswer resource = api.get("/cluster/ha/resources/" + PveApi.encode(guest.sid()));
        if (resource.forbidden()) {
            findings.warning(Findings.CLUSTER, "haRulesUnseen", api.caller());
        }
        String group = resource.content().path("group").asText("");
        if (group.isEmpty()) {
            return;
        }
        JsonNode found = api.get("/cluster/ha/groups/" + PveApi.encode(group)).content();
        boolean failback = found.path("nofailback").asInt() != 1;
        affinity(group, found.path("nodes").asText(""), found.path("restricted").asInt() == 1, failback);
    }

    /** From 9.x: rules about nodes and about guests. */
    private void rules() throws InterruptedException {
        PveAnswer rules = api.get("/cluster/ha/rules");
        boolean failback = api.get("/cluster/ha/resources/" + PveApi.encode(guest.sid()))
                        .content()
                        .path("failback")
                        .asInt(1)
                == 1;
        for (JsonNode rule : rules.content()) {
            if (!list(rule.path("resources").asText("")).contains(guest.sid())
                    || rule.path("disable").asInt() == 1) {
                continue;
            }
            String name = rule.path("rule").asText();
            if (rule.path("type").asText().equals("node-affinity")) {
                affinity(
                        name, rule.path("nodes").asText(""), rule.path("strict").asInt() == 1, failback);
            } else {
                findings.warning(
                        where,
                        "affinity",
                        guest.vmid(),
                        name,
                        rule.path("affinity").asText("?"),
                        rule.path("resources").asText());
            }
        }
    }

    private void affinity(String name, String nodes, boolean strict, boolean failback) {
        Map<String, Integer> priorities = new HashMap<>();
        for (String node : list(nodes)) {
            int colon = node.indexOf(':');
            priorities.put(
                    colon < 0 ? node : node.substring(0, colon),
                    colon < 0 || !node.substring(colon + 1).matches("[0-9]{1,6}")
                            ? 0
                            : Integer.parseInt(node.substring(colon + 1)));
        }
        for (String node : List.of(plan.from(), plan.to())) {
            if (strict && !priorities.containsKey(node)) {
                findings.error(where, "haForbids", guest.vmid(), name, node);
                return;
            }
        }
        int from = priorities.getOrDefault(plan.from(), -1);
        int to = priorities.getOrDefault(plan.to(), -1);
        if (failback && from != to) {
            findings.warning(where, "haPullsBack", guest.vmid(), name, from > to ? plan.from() : plan.to());
        }
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split("[,; ]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
