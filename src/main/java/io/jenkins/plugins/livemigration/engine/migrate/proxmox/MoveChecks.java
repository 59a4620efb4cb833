package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** Whether what belongs to the guest can go where the guest goes: disks, devices, connections. */
final class MoveChecks {
    private static final double GIBIBYTE = 1L << 30;

    private final PveQuestions api;
    private final Guest guest;
    private final ProxmoxPlan plan;
    private final Findings findings;
    private final String where;

    MoveChecks(PveQuestions api, Guest guest, Findings findings) {
        this.api = api;
        this.guest = guest;
        this.plan = guest.plan();
        this.findings = findings;
        this.where = "guest " + guest.vmid();
    }

    /**
     * Looks.
     *
     * @param node where the guest is
     * @param locked whether it is locked: then nobody is told its preconditions
     * @param managed whether the HA manager moves it, which always takes local disks along
     */
    void run(String node, boolean locked, boolean managed) throws InterruptedException {
        String target = guest.otherThan(node);
        List<LocalDisk> disks = new ArrayList<>();
        if (locked) {
            findings.warning(where, "lockHides", guest.vmid());
        } else {
            JsonNode conditions = preconditions(node, target);
            disks.addAll(localDisks(conditions, managed));
            resources(conditions);
            obstacles(conditions, target);
            conntrack(node, target);
        }
        storages(node, target, disks);
        transport();
    }

    private JsonNode preconditions(String node, String target) throws InterruptedException {
        PveAnswer answer = api.get(guest.path(node) + "/migrate", Map.of("target", target));
        if (answer.forbidden()) {
            findings.error(where, "preconditionsRefused", answer.complaint());
        } else if (answer.notImplemented() && guest.container()) {
            // Containers have them since 9.0.
            return MissingNode.getInstance();
        } else if (!(answer instanceof PveAnswer.Ok)) {
            findings.warning(where, "preconditionsUnseen", answer.complaint());
        }
        return answer.content();
    }

    /**
     * A disk that only one node has.
     *
     * @param bytes its size; zero if that is not told
     */
    private record LocalDisk(String volume, long bytes) {
        String storage() {
            return volume.substring(0, Math.max(0, volume.indexOf(':')));
        }
    }

    private List<LocalDisk> localDisks(JsonNode conditions, boolean managed) {
        List<LocalDisk> disks = new ArrayList<>();
        List<String> attached = new ArrayList<>();
        for (JsonNode disk : conditions.path("local_disks")) {
            String volume = disk.path("volid").asText();
            boolean generated = volume.contains("cloudinit") || set(disk, "is_tpmstate");
            if (set(disk, "cdrom") && !generated) {
                findings.error(where, "localCdrom", volume);
                continue;
            }
            disks.add(new LocalDisk(volume, disk.path("size").asLong()));
            if (!generated && !set(disk, "is_unused")) {
                attached.add(volume);
            }
        }
        if (!attached.isEmpty() && !plan.withLocalDisks() && !managed) {
            findings.error(where, "localDisks", String.join(", ", attached));
        }
        return disks;
    }

    private static boolean set(JsonNode node, String flag) {
        return node.path(flag).asInt() == 1 || node.path(flag).asBoolean();
    }

    /** Not even force moves a running guest with these. Mapped devices that can migrate live are not among them. */
    private void resources(JsonNode conditions) {
        Set<String> resources = new LinkedHashSet<>();
        conditions.path("local_resources").forEach(resource -> resources.add(resource.asText()));
        if (!resources.isEmpty()) {
            findings.error(where, "localResources", String.join(", ", resources));
        }
    }

    /** Before 8.4 the list is there only for stopped guests, and for containers before 9.0 not at all: its absence says nothing. */
    private void obstacles(JsonNode conditions, String target) {
        JsonNode obstacles = conditions
                .path(guest.container() ? "not-allowed-nodes" : "not_allowed_nodes")
                .path(target);
        obstacles.properties().forEach(obstacle -> {
            switch (obstacle.getKey()) {
                case "unavailable_storages" -> missingStorages(obstacle.getValue(), target);
                case "unavailable-resources" ->
                    findings.error(target, "mappingMissing", target, list(obstacle.getValue()));
                case "blocking-ha-resources" ->
                    findings.error(target, "haBlocks", target, blocking(obstacle.getValue()));
                default ->
                    findings.error(
                            target,
                            "nodeNotAllowed",
                            target,
                            obstacle.getKey(),
                            obstacle.getValue().toString());
            }
        });
    }

    /** A storage that is not there is in nobody's way if its volumes go to another. */
    private void missingStorages(JsonNode storages, String target) {
        List<String> missing = new ArrayList<>();
        for (JsonNode each : storages) {
            String storage = each.asText();
            if (guest.storageFor(storage, target).equals(storage)) {
                missing.add(storage);
            }
        }
        if (!missing.isEmpty()) {
            findings.error(target, "storagesMissing", target, String.join(", ", missing));
        }
    }

    private static String list(JsonNode names) {
        StringJoiner all = new StringJoiner(", ");
        names.forEach(name -> all.add(name.asText()));
        return all.toString();
    }

    private static String blocking(JsonNode resources) {
        StringJoiner all = new StringJoiner(", ");
        resources.forEach(resource -> all.add(
                resource.path("sid").asText() + " (" + resource.path("cause").asText() + ")"));
        return all.toString();
    }

    private void conntrack(String node, String target) throws InterruptedException {
        if (guest.container() || !plan.conntrackState()) {
            return;
        }
        Optional<Conntrack.Lack> lack = Conntrack.lack(api, guest, node, target);
        if (lack.isPresent() && lack.get().unseen()) {
            findings.warning(
                    lack.get().node(),
                    "conntrackUnseen",
                    lack.get().node(),
                    lack.get().why(),
                    api.caller());
        } else if (lack.isPresent()) {
            findings.warning(lack.get().node(), "noConntrack", lack.get().node());
        }
    }

    private void storages(String node, String target, List<LocalDisk> disks) throws InterruptedException {
        List<LocalDisk> moved = plan.withLocalDisks() ? disks : List.of();
        Map<String, Long> needed = new LinkedHashMap<>();
        moved.forEach(disk -> needed.merge(guest.storageFor(disk.storage(), target), disk.bytes(), Long::sum));
        Set<String> named = guest.storages(target);
        for (String storage : named) {
            storage(storage, target, true, needed.getOrDefault(storage, 0L));
        }
        for (Map.Entry<String, Long> other : needed.entrySet()) {
            if (!named.contains(other.getKey())) {
                storage(other.getKey(), target, false, other.getValue());
            }
        }
        if (guest.wayBack()) {
            for (String storage : guest.storages(node)) {
                storage(storage, node, true, 0);
            }
            for (LocalDisk disk : moved) {
                String afterwards = guest.storageFor(guest.storageFor(disk.storage(), target), node);
                if (!afterwards.equals(disk.storage())) {
                    findings.warning(where, "diskElsewhere", disk.volume(), disk.storage(), afterwards, node);
                }
            }
        }
    }

    /**
     * Looks at one storage.
     *
     * @param named whether the plan names it: then the caller has to have rights in it, and sees it
     * @param bytes of the disks that come there
     */
    private void storage(String storage, String node, boolean named, long bytes) throws InterruptedException {
        String content = guest.container() ? "rootdir" : "images";
        JsonNode found = api.get("/nodes/" + PveApi.encode(node) + "/storage", Map.of("storage", storage))
                .content()
                .path(0);
        if (found.isMissingNode() && named) {
            findings.error(node, "noStorage", storage, node);
        } else if (found.isMissingNode()) {
            findings.warning(node, "storageUnseen", storage, node, api.caller());
        } else if (found.path("active").asInt() != 1 || found.path("enabled").asInt(1) != 1) {
            findings.error(node, "storageInactive", storage, node);
        } else if (!Set.of(found.path("content").asText().split(",", -1)).contains(content)) {
            findings.error(node, "storageWithoutImages", storage, node, content);
        } else if (found.has("avail") && found.path("avail").asLong() < bytes) {
            findings.warning(
                    node,
                    "storageFull",
                    storage,
                    node,
                    gibibytes(found.path("avail").asLong()),
                    gibibytes(bytes));
        } else {
            findings.ok(node, "storageReady", storage, node);
        }
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
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
