package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The guest of a plan, in the words of the platform.
 *
 * @param wayBack whether it is brought back by migrations too
 */
record Guest(ProxmoxPlan plan, boolean wayBack) {
    /** What stands for: the storages of the same names. */
    static final String SAME = "1";

    int vmid() {
        return plan.vmid();
    }

    boolean container() {
        return plan.kind() == Kind.LXC;
    }

    /** How the platform's own lists write it: {@code qemu} or {@code lxc}. */
    String type() {
        return container() ? "lxc" : "qemu";
    }

    /** The command for it: {@code qm} or {@code pct}. */
    String command() {
        return container() ? "pct" : "qm";
    }

    /** How the HA manager names it. */
    String sid() {
        return (container() ? "ct:" : "vm:") + vmid();
    }

    /** The type of its migrations' tasks. */
    String migrationTask() {
        return container() ? "vzmigrate" : "qmigrate";
    }

    /** Its place in the API while it is on that node. */
    String path(String node) {
        return "/nodes/" + PveApi.encode(node) + "/" + type() + "/" + vmid();
    }

    /** The other node of the plan. */
    String otherThan(String node) {
        return node.equals(plan.from()) ? plan.to() : plan.from();
    }

    /**
     * The parameters of its migration, by the names of the API; the command's options are the same words.
     *
     * @param conntrack whether both nodes can take the host firewall's connections along
     */
    Map<String, String> migration(String to, boolean conntrack) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("target", to);
        if (container()) {
            parameters.put("restart", "1");
            parameters.put("timeout", String.valueOf(plan.shutdownTimeout().toSeconds()));
            plan.targetStorage().ifPresent(storage -> parameters.put("target-storage", towards(storage, to)));
            plan.bwlimitKiB().ifPresent(limit -> parameters.put("bwlimit", String.valueOf(limit)));
            return parameters;
        }
        parameters.put("online", "1");
        if (plan.withLocalDisks()) {
            parameters.put("with-local-disks", "1");
        }
        plan.targetStorage().ifPresent(storage -> parameters.put("targetstorage", towards(storage, to)));
        plan.bwlimitKiB().ifPresent(limit -> parameters.put("bwlimit", String.valueOf(limit)));
        plan.insecureTransportReason().ifPresent(reason -> parameters.put("migration_type", "insecure"));
        plan.migrationNetwork().ifPresent(network -> parameters.put("migration_network", network));
        plan.forceReason().ifPresent(reason -> parameters.put("force", "1"));
        if (plan.conntrackState() && conntrack) {
            parameters.put("with-conntrack-state", "1");
        }
        return parameters;
    }

    /** The storages that the plan names for volumes that come to that node. */
    Set<String> storages(String node) {
        Set<String> named = new LinkedHashSet<>();
        for (String pair : towards(plan.targetStorage().orElse(SAME), node).split(",", -1)) {
            if (!pair.equals(SAME)) {
                named.add(pair.substring(pair.indexOf(':') + 1));
            }
        }
        return named;
    }

    /** The storage of that node to which a volume goes from a storage of the other. */
    String storageFor(String storage, String node) {
        String otherwise = storage;
        for (String pair : towards(plan.targetStorage().orElse(SAME), node).split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon >= 0 && pair.substring(0, colon).equals(storage)) {
                return pair.substring(colon + 1);
            }
            otherwise = colon < 0 && !pair.equals(SAME) ? pair : otherwise;
        }
        return otherwise;
    }

    /** A map of storages is for the way out, and reversed for the way back. */
    private String towards(String storage, String to) {
        if (to.equals(plan.to()) || !storage.contains(":")) {
            return storage;
        }
        List<String> reversed = new ArrayList<>();
        for (String pair : storage.split(",", -1)) {
            int colon = pair.indexOf(':');
            reversed.add(pair.substring(colon + 1) + ":" + pair.substring(0, colon));
        }
        return String.join(",", reversed);
    }
}
