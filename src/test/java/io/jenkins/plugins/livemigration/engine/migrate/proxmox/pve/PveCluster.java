package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state behind the double of the API: two nodes and one guest. Its fields are set by tests. Not thread-safe: the double
 * asks under a lock.
 */
public final class PveCluster {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    public final PveRelease release;
    public final Map<String, Boolean> nodes = new LinkedHashMap<>(Map.of("sabda", true, "yagra", true));
    public final Map<String, String> versions = new HashMap<>();
    public final int vmid = 100;
    public String type = "qemu";
    public String node = "sabda";
    public String status = "running";
    public String qmpstatus = "running";
    public String lock = "";
    public String description = "";
    public boolean quorate = true;
    public boolean haManaged;
    public String datacenterMigration = "";
    public final List<String> localDisks = new ArrayList<>();
    public final List<String> localResources = new ArrayList<>();
    public final Map<String, Set<String>> privileges = new HashMap<>();
    public final Map<String, JsonNode> extras = new HashMap<>();
    public final List<String> orphans = new ArrayList<>();

    /** Parameters of a migration that are refused although the schema has them, with the reason. */
    public final Map<String, String> refused = new HashMap<>();

    /** The guest's processes, by node, with what each of them does; it is well as long as no more than one is "running". */
    public final Map<String, String> processes = new LinkedHashMap<>(Map.of("sabda", "running"));

    /** Whether the guest ever ran twice. */
    public boolean ranTwice;

    /** What the next migrations do, as far as they are only told. */
    public volatile Course course = Course.WORKS;

    /** What logs name as the downtime. */
    public volatile int downtimeMillis = 57;

    /** Who moves the guest, if it shall really be moved. */
    public Optional<Mover> mover = Optional.empty();

    final Map<String, PveTask> tasks = new LinkedHashMap<>();
    private int lastPid = 0x1000;
    private int haRounds = -1;

    /** The course of a migration. */
    public enum Course {
        WORKS,
        WORKS_WITH_WARNINGS,
        /** The guest changes its memory too fast; limits are raised, and it works. */
        CONVERGES_LATE,
        /** It never ends by itself. */
        HANGS,
        /** Cannot be ended by anybody. */
        HANGS_FOR_EVER,
        TARGET_TOO_OLD,
        /** Breaks down while the memory is copied; the guest goes on at the source. */
        TARGET_DIES,
        /** The task's process is killed: no epilogue, the lock stays, and the target's paused machine too. */
        TASK_KILLED,
        /** A downtime and "completed" are printed, and then the target does not resume. */
        RESUME_FAILS
    }

    public PveCluster(PveRelease release) {
        this.release = release;
        grant("/vms/100", "VM.Migrate", "VM.Audit", "VM.Config.Options", "VM.Config.Disk");
        grant("/storage/local-lvm", "Datastore.AllocateSpace");
        grant("/nodes/sabda", "Sys.Audit");
        grant("/nodes/yagra", "Sys.Audit");
        grant("/", "Sys.Audit");
    }

    public void grant(String path, String... names) {
        privileges.computeIfAbsent(path, any -> new HashSet<>()).addAll(Arrays.asList(names));
    }

    public void revoke(String path, String name) {
        privileges.getOrDefault(path, new HashSet<>()).remove(name);
    }

    /** What the API answers with another status than 200. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        final int status;
        final transient Map<String, String> errors;

        Refusal(int status, String text, Map<String, String> errors) {
            super(text);
            this.status = status;
            this.errors = errors;
        }

        Refusal(int status, String text) {
            this(status, text, Map.of());
        }
    }

    boolean may(String user, String path, String privilege) {
        return user.equals("root@pam")
                || privileges.getOrDefault(path, Set.of()).contains(privilege);
    }

    private void need(String user, String path, String privilege) {
        if (!may(user, path, privilege)) {
            throw new Refusal(403, "Permission check failed (" + path + ", " + privilege + ")");
        }
    }

    /** Answers one call; the content of {@code data}. */
    JsonNode call(String method, List<String> path, Map<String, String> form, String user) {
        String joined = "/" + String.join("/", path);
        if (extras.containsKey(method + " " + joined)) {
            return extras.get(method + " " + joined);
        }
        if (path.get(0).equals("nodes") && path.size() > 1) {
            return onNode(method, path, form, user);
        }
        return switch (method + " " + joined) {
            case "GET /version" ->
                NODES.objectNode().put("version", release.version()).put("release", release.version());
            case "GET /nodes" -> {
                ArrayNode all = NODES.arrayNode();
                nodes.forEach((name, online) ->
                        all.addObject().put("node", name).put("status", online ? "online" : "offline"));
                yield all;
            }
            case "GET /cluster/status" -> {
                need(user, "/", "Sys.Audit");
                yield NODES.arrayNode()
                        .add(NODES.objectNode()
                                .put("type", "cluster")
                                .put("name", "lab")
                                .put("quorate", quorate ? 1 : 0));
            }
            case "GET /access/permissions" -> {
                ObjectNode held = NODES.objectNode();
                privileges.getOrDefault(form.get("path"), Set.of()).forEach(name -> held.put(name, 1));
                yield NODES.objectNode().set(form.get("path"), held);
            }
            case "GET /cluster/resources" -> resources(user);
            case "GET /cluster/options" -> {
                ObjectNode options = NODES.objectNode();
                if (!datacenterMigration.isEmpty()) {
                    options.put("migration", datacenterMigration);
                }
                yield options;
            }
            case "GET /cluster/backup", "GET /cluster/replication" -> NODES.arrayNode();
            default -> throw new Refusal(501, "Method '" + method + " " + joined + "' not implemented");
        };
    }

    private JsonNode resources(String user) {
        ArrayNode all = NODES.arrayNode();
        haRound();
        if (may(user, "/vms/" + vmid, "VM.Audit")) {
            all.addObject()
                    .put("id", type + "/" + vmid)
                    .put("type", type)
                    .put("vmid", vmid)
                    .put("node", node)
                    .put("status", status);
        }
        return all;
    }

    private JsonNode onNode(String method, List<String> path, Map<String, String> form, String user) {
        String name = path.get(1);
        if (!nodes.containsKey(name)) {
            throw new Refusal(500, "hostname lookup '" + name + "' failed - failed to get address info for: " + name);
        }
        if (!nodes.get(name)) {
            throw new Refusal(595, "No route to host");
        }
        String rest = String.join("/", path.subList(2, path.size()));
        if (rest.startsWith(type + "/" + vmid + "/")) {
            return onGuest(method, name, rest.substring((type + "/" + vmid + "/").length()), form, user);
        }
        if (path.size() >= 3 && path.get(2).equals("tasks")) {
            return path.size() == 3 ? taskList(name, form, user) : onTask(method, path, form, user);
        }
        return switch (method + " " + rest) {
            case "GET version" -> NODES.objectNode().put("version", versions.getOrDefault(name, release.version()));
            case "GET status" -> {
                need(user, "/nodes/" + name, "Sys.Audit");
                yield NODES.objectNode().put("kversion", "Linux 6.8.12-9-pve");
            }
            case "GET apt/versions" -> {
                need(user, "/nodes/" + name, "Sys.Audit");
                yield NODES.arrayNode()
                        .add(NODES.objectNode().put("Package", "pve-qemu-kvm").put("OldVersion", "9.2.0-5"));
            }
            case "GET storage" ->
                NODES.arrayNode()
                        .add(NODES.objectNode()
                                .put("storage", form.getOrDefault("storage", "local-lvm"))
                                .put("active", 1)
                                .put("enabled", 1)
                                .put("shared", 0)
                                .put("content", "rootdir,images"));
            case "GET storage/local-lvm/content" -> {
                ArrayNode volumes = NODES.arrayNode();
                if (!name.equals(node)) {
                    orphans.forEach(
                            orphan -> volumes.addObject().put("volid", orphan).put("content", "images"));
                }
                yield volumes;
            }
            default ->
                throw new Refusal(501, "Method '" + method + " /nodes/" + name + "/" + rest + "' not implemented");
        };
    }

    private JsonNode onGuest(String method, String at, String what, Map<String, String> form, String user) {
        if (!at.equals(node)) {
            String folder = type.equals("qemu") ? "qemu-server" : "lxc";
            throw new Refusal(
                    500, "Configuration file 'nodes/" + at + "/" + folder + "/" + vmid + ".conf' does not exist");
        }
        String vm = "/vms/" + vmid;
        switch (method + " " + what) {
            case "GET status/current" -> {
                need(user, vm, "VM.Audit");
                ObjectNode current = NODES.objectNode().put("vmid", vmid).put("status", status);
                if (type.equals("qemu")) {
                    current.put("qmpstatus", status.equals("running") ? qmpstatus : "stopped");
                    current.put("running-qemu", "9.2.0").put("running-machine", "pc-i440fx-9.2+pve1");
                }
                if (!lock.isEmpty()) {
                    current.put("lock", lock);
                }
                current.putObject("ha").put("managed", haManaged ? 1 : 0);
                return current;
            }
            case "GET config" -> {
                need(user, vm, "VM.Audit");
                ObjectNode config = NODES.objectNode().put("digest", digest());
                if (!description.isEmpty()) {
                    config.put("description", description);
                }
                if (!lock.isEmpty()) {
                    config.put("lock", lock);
                }
                return config;
            }
            case "PUT config" -> {
                need(user, vm, "VM.Config.Options");
                if (!lock.isEmpty()) {
                    throw new Refusal(500, "VM is locked (" + lock + ")");
                }
                if (form.containsKey("digest") && !form.get("digest").equals(digest())) {
                    throw new Refusal(500, "detected modified configuration - file changed by other user? Try again.");
                }
                description = form.getOrDefault("delete", "").equals("description") ? "" : form.get("description");
                return NODES.nullNode();
            }
            case "GET migrate" -> {
                need(user, vm, "VM.Migrate");
                ObjectNode conditions = NODES.objectNode().put("running", status.equals("running") ? 1 : 0);
                ArrayNode disks = conditions.putArray("local_disks");
                localDisks.forEach(
                        volume -> disks.addObject().put("volid", volume).put("cdrom", 0));
                ArrayNode resources = conditions.putArray("local_resources");
                localResources.forEach(resources::add);
                if (release != PveRelease.V7_4) {
                    conditions.putArray("allowed_nodes").add("yagra");
                    conditions.putObject("not_allowed_nodes");
                }
                return conditions;
            }
            case "POST migrate" -> {
                return NODES.textNode(migrate(at, form, user));
            }
            default -> throw new Refusal(501, "Method '" + method + " " + what + "' not implemented");
        }
    }

    private String digest() {
        try {
            byte[] text = (description + "\n" + lock).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void verify(Map<String, String> form, PveSchema published, String user) {
        Map<String, String> errors = new LinkedHashMap<>(published.objections(form));
        form.keySet().stream()
                .filter(refused::containsKey)
                .forEach(name -> errors.put(name, refused.getOrDefault(name, "")));
        for (String own : List.of("force", "migration_type", "migration_network")) {
            // compares with the name as it is: a token of root's is somebody else
            if (form.containsKey(own) && published.has(own) && !user.equals("root@pam")) {
                errors.put(own, "Only root may use this option.");
            }
        }
        if (!errors.isEmpty()) {
            throw new Refusal(400, "Parameter verification failed.", errors);
        }
    }

    private String migrate(String from, Map<String, String> form, String user) {
        need(user, "/vms/" + vmid, "VM.Migrate");
        boolean container = type.equals("lxc");
        verify(form, container ? release.containerParameters() : release.migrationParameters(), user);
        String to = form.get("target");
        if (to.equals(from)) {
            throw new Refusal(400, "Parameter verification failed.", Map.of("target", "target is local node."));
        }
        if (!nodes.containsKey(to)) {
            throw new Refusal(500, "no such cluster node '" + to + "'");
        }
        if (!quorate) {
            throw new Refusal(500, "cluster not ready - no quorum?");
        }
        if (!lock.isEmpty()) {
            throw new Refusal(500, (container ? "CT" : "VM") + " is locked (" + lock + ")");
        }
        if (container && !form.getOrDefault("restart", "0").equals("1")) {
            throw new Refusal(500, "running container can only be migrated in restart mode");
        }
        if (!container && !form.getOrDefault("online", "0").equals("1")) {
            throw new Refusal(500, "can't migrate running VM without --online");
        }
        if (form.containsKey("targetstorage")) {
            need(user, "/vms/" + vmid, "VM.Config.Disk");
        }
        if (haManaged) {
            haRounds = 2;
            return task(
                            from,
                            "hamigrate",
                            user,
                            List.of("Requesting HA migration for VM " + vmid + " to node " + to),
                            "OK",
                            () -> {})
                    .upid;
        }
        return work(from, to, user, form).upid;
    }

    /** The HA manager works in rounds: some time after the request it begins the real migration, as root@pam. */
    private void haRound() {
        if (haRounds > 0 && --haRounds == 0) {
            PveTask real = work(node, node.equals("sabda") ? "yagra" : "sabda", "root@pam", Map.of());
            real.log.add("task started by HA resource agent");
        }
    }

    private void process(String on, String doing) {
        if (doing.isEmpty()) {
            processes.remove(on);
        } else {
            processes.put(on, doing);
        }
        ranTwice |= processes.values().stream().filter("running"::equals).count() > 1;
    }

    private PveTask work(String from, String to, String user, Map<String, String> form) {
        lock = "migrate";
        process(to, type.equals("lxc") ? "" : "inmigrate");
        if (mover.isPresent()) {
            return realWork(mover.get(), from, to, user);
        }
        if (type.equals("lxc")) {
            return container(from, to, user);
        }
        boolean disks = form.containsKey("with-local-disks");
        List<String> works = release.log(vmid, to, disks).stream()
                .map(line -> line.replace("downtime 57 ms", "downtime " + downtimeMillis + " ms"))
                .toList();
        List<String> half = works.subList(0, works.size() - (release == PveRelease.V7_4 ? 3 : 4));
        List<String> script = new ArrayList<>(works);
        String exit = "OK";
        Runnable effect = () -> {
            process(from, "");
            process(to, "running");
            node = to;
            lock = "";
        };
        switch (course) {
            case WORKS, WORKS_WITH_WARNINGS -> exit = course == Course.WORKS ? "OK" : "WARNINGS: 1";
            case CONVERGES_LATE ->
                script.addAll(
                        half.size(),
                        List.of(
                                "2025-06-01 10:00:44 migration active, transferred 2.1 GiB of 2.0 GiB VM-state, 112.0 MiB/s, VM dirties lots of memory: 140.5 MiB/s",
                                "2025-06-01 10:00:45 auto-increased downtime to continue migration: 200 ms",
                                "2025-06-01 10:00:46 auto-increased downtime to continue migration: 400 ms"));
            case HANGS, HANGS_FOR_EVER -> script = new ArrayList<>(half);
            case TARGET_TOO_OLD -> {
                script = new ArrayList<>(works.subList(0, 2));
                script.add("2025-06-01 10:00:02 [" + to
                        + "] Installed QEMU version '8.1.2' is too old to run machine type 'pc-i440fx-9.0+pve0', please upgrade node '"
                        + to + "'");
                script.addAll(failing("remote command failed with exit code 255"));
                exit = "migration problems";
                effect = () -> {
                    process(to, "");
                    lock = "";
                };
            }
            case TARGET_DIES -> {
                script = new ArrayList<>(half);
                script.add(
                        "2025-06-01 10:00:47 migration status error: failed - Unable to write to socket: Broken pipe");
                script.addAll(failing("aborting"));
                exit = "migration problems";
                effect = () -> {
                    process(to, "");
                    lock = "";
                    nodes.put(to, false);
                };
            }
            case TASK_KILLED -> {
                script = new ArrayList<>(half);
                exit = "unexpected status";
                effect = () -> orphans.add("local-lvm:vm-" + vmid + "-disk-0");
            }
            case RESUME_FAILS -> {
                script.set(script.size() - 1, "2025-06-01 10:00:49 ERROR: VM " + vmid + " not running");
                script.add("2025-06-01 10:00:52 ERROR: migration finished with problems (duration 00:00:52)");
                exit = "migration problems";
                effect = () -> {
                    process(from, "");
                    process(to, "paused");
                    node = to;
                    qmpstatus = "paused";
                    lock = "";
                };
            }
            default -> throw new IllegalStateException();
        }
        PveTask task = task(from, "qmigrate", user, script, exit, effect);
        if (course == Course.HANGS || course == Course.HANGS_FOR_EVER) {
            task.hang();
        }
        return task;
    }

    private PveTask realWork(Mover who, String from, String to, String user) {
        Mover.Move move = who.begin(from, to);
        PveTask task = task(from, "qmigrate", user, List.of(), "", () -> {
            boolean arrived = move.exitStatus().orElse("").equals("OK");
            process(arrived ? from : to, "");
            process(arrived ? to : from, "running");
            node = arrived ? to : from;
            lock = "";
        });
        task.follow(move);
        return task;
    }

    private static List<String> failing(String reason) {
        return List.of(
                "2025-06-01 10:00:47 ERROR: online migrate failure - " + reason,
                "2025-06-01 10:00:47 aborting phase 2 - cleanup resources",
                "2025-06-01 10:00:47 migrate_cancel",
                "2025-06-01 10:00:50 ERROR: migration finished with problems (duration 00:00:50)");
    }

    /** A container is shut down, copied and started again; if the copying fails it is started where it was. */
    private PveTask container(String from, String to, String user) {
        process(from, "");
        status = "stopped";
        List<String> script = new ArrayList<>(List.of(
                "2025-06-01 10:00:00 shutdown CT " + vmid,
                "2025-06-01 10:00:04 starting migration of CT " + vmid + " to node '" + to + "' (192.0.2.12)"));
        String exit = "OK";
        Runnable effect = () -> containerRuns(to);
        switch (course) {
            case TARGET_DIES -> {
                script.addAll(containerStays("storage migration for 'local-lvm:vm-100-disk-0' failed - exit code 255"));
                exit = "migration aborted";
                effect = () -> containerRuns(from);
            }
            case RESUME_FAILS -> {
                script.add("2025-06-01 10:00:31 start final cleanup");
                script.add("2025-06-01 10:00:32 start container on target node");
                script.add("2025-06-01 10:00:33 ERROR: startup for container '" + vmid + "' failed");
                script.add("2025-06-01 10:00:33 ERROR: migration finished with problems (duration 00:00:33)");
                exit = "migration problems";
                effect = () -> {
                    node = to;
                    lock = "";
                };
            }
            case TASK_KILLED -> {
                exit = "unexpected status";
                effect = () -> orphans.add("local-lvm:vm-" + vmid + "-disk-0");
            }
            default ->
                script.addAll(List.of(
                        "2025-06-01 10:00:31 start final cleanup",
                        "2025-06-01 10:00:32 start container on target node",
                        "2025-06-01 10:00:35 migration finished successfully (duration 00:00:35)"));
        }
        PveTask task = task(from, "vzmigrate", user, script, exit, effect);
        if (course == Course.HANGS) {
            task.hang();
        }
        return task;
    }

    private void containerRuns(String on) {
        process(on, "running");
        status = "running";
        node = on;
        lock = "";
    }

    private static List<String> containerStays(String reason) {
        return List.of(
                "2025-06-01 10:00:09 ERROR: " + reason,
                "2025-06-01 10:00:09 aborting phase 1 - cleanup resources",
                "2025-06-01 10:00:09 start final cleanup",
                "2025-06-01 10:00:09 start container on source node",
                "2025-06-01 10:00:12 ERROR: migration aborted (duration 00:00:12): " + reason);
    }

    private PveTask task(String on, String kind, String user, List<String> script, String exit, Runnable effect) {
        long now = Instant.now().getEpochSecond();
        String upid = String.format(
                Locale.ROOT, "UPID:%s:%08X:0038D96F:%08X:%s:%d:%s:", on, ++lastPid, now, kind, vmid, user);
        PveTask task = new PveTask(upid, on, kind, user, now, script, exit, effect);
        tasks.put(upid, task);
        return task;
    }

    private JsonNode taskList(String on, Map<String, String> form, String user) {
        ArrayNode all = NODES.arrayNode();
        haRound();
        for (PveTask task : tasks.values()) {
            boolean visible = task.user.equals(user) || may(user, "/nodes/" + on, "Sys.Audit");
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

    private JsonNode onTask(String method, List<String> path, Map<String, String> form, String user) {
        PveTask task = tasks.get(path.get(3));
        if (task == null) {
            throw new Refusal(500, "no such task");
        }
        String nodePath = "/nodes/" + path.get(1);
        if (!task.user.equals(user)) {
            need(user, nodePath, method.equals("DELETE") ? "Sys.Modify" : "Sys.Audit");
        }
        if (method.equals("DELETE")) {
            if (task.interrupt()) {
                return NODES.nullNode();
            }
            if (course != Course.HANGS_FOR_EVER && !task.stopped()) {
                if (type.equals("lxc")) {
                    task.log.addAll(containerStays("received interrupt"));
                    containerRuns(task.node);
                    task.end("migration aborted");
                    return NODES.nullNode();
                }
                task.log.addAll(failing("interrupted by signal"));
                process(node.equals("sabda") ? "yagra" : "sabda", "");
                lock = "";
                task.end("migration problems");
            }
            return NODES.nullNode();
        }
        if (path.size() == 5 && path.get(4).equals("status")) {
            task.step();
            ObjectNode found = NODES.objectNode()
                    .put("upid", task.upid)
                    .put("node", task.node)
                    .put("type", task.type);
            found.put("status", task.stopped() ? "stopped" : "running");
            return task.stopped() ? found.put("exitstatus", task.exitStatus()) : found;
        }
        ArrayNode page = NODES.arrayNode();
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
