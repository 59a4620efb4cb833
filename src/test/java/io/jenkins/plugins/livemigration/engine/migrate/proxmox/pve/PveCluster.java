package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
    public String haState = "started";
    /** Bytes that are left in every storage. */
    public long available = 1L << 40;

    public String datacenterMigration = "";
    public final List<String> localDisks = new ArrayList<>();
    public final List<String> localResources = new ArrayList<>();
    /** Storages of the guest that the other node does not have. */
    public final List<String> unavailableStorages = new ArrayList<>();
    /** Storages that a node does not have, each as {@code NODE/STORAGE}. */
    public final Set<String> missingStorages = new HashSet<>();
    /** Nodes that can take a guest's connections along. */
    public final Set<String> carriers = new HashSet<>();
    /** How far the nodes' clocks are behind that of the API. */
    public int secondsBehind;
    /** Versions of QEMU's package, of nodes that have another than usual. */
    public final Map<String, String> qemu = new HashMap<>();
    /** The pool that the guest is in. */
    public String pool = "";

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
        if (release.carriesConnections()) {
            carriers.addAll(nodes.keySet());
        }
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

    boolean may(String user, String path, String privilege) {
        return user.equals("root@pam")
                || privileges.getOrDefault(path, Set.of()).contains(privilege);
    }

    void need(String user, String path, String privilege) {
        if (!may(user, path, privilege)) {
            throw new PveRefusal(403, "Permission check failed (" + path + ", " + privilege + ")");
        }
    }

    void process(String on, String doing) {
        if (doing.isEmpty()) {
            processes.remove(on);
        } else {
            processes.put(on, doing);
        }
        ranTwice |= processes.values().stream().filter("running"::equals).count() > 1;
    }
}
