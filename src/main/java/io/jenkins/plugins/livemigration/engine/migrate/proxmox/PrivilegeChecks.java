package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the caller of the API may not do and would have to. */
final class PrivilegeChecks {
    private final PveQuestions api;
    private final Guest guest;
    private final Findings findings;

    PrivilegeChecks(PveQuestions api, Guest guest, Findings findings) {
        this.api = api;
        this.guest = guest;
        this.findings = findings;
    }

    void run() throws InterruptedException {
        if (api.isRootItself()) {
            return;
        }
        ProxmoxPlan plan = guest.plan();
        String vm = "/vms/" + guest.vmid();
        List<String> missing = new ArrayList<>();
        List<String> needed = new ArrayList<>(List.of("VM.Migrate", "VM.Audit", "VM.Config.Options"));
        if (plan.targetStorage().filter(storage -> !storage.equals(Guest.SAME)).isPresent()) {
            needed.add("VM.Config.Disk");
        }
        boolean known = check(vm, needed, missing);
        for (String storage : storages(plan)) {
            known &= check("/storage/" + storage, List.of("Datastore.AllocateSpace"), missing);
        }
        if (!known) {
            findings.warning("driver.proxmox.credentials", "privilegesUnseen", api.caller());
        }
        for (String each : missing) {
            String privilege = each.substring(0, each.indexOf(' '));
            String path = each.substring(each.indexOf(' ') + 1);
            findings.error("driver.proxmox.credentials", "missingPrivilege", api.caller(), privilege, path);
        }
        if (known && missing.isEmpty()) {
            findings.ok("driver.proxmox.credentials", "privileged", api.caller());
        }
        List<String> nodes = List.of("/nodes/" + plan.from(), "/nodes/" + plan.to());
        List<String> audit = new ArrayList<>();
        for (String node : nodes) {
            check(node, List.of("Sys.Audit"), audit);
        }
        if (!audit.isEmpty()) {
            findings.warning("driver.proxmox.credentials", "noAudit", api.caller(), String.join(", ", nodes));
        }
    }

    /** Whether the caller has that privilege on both nodes. */
    boolean onBothNodes(String privilege) throws InterruptedException {
        List<String> missing = new ArrayList<>();
        for (String node : List.of(guest.plan().from(), guest.plan().to())) {
            check("/nodes/" + node, List.of(privilege), missing);
        }
        return api.isRootItself() || missing.isEmpty();
    }

    private static Set<String> storages(ProxmoxPlan plan) {
        Set<String> storages = new LinkedHashSet<>();
        for (String pair : plan.targetStorage().orElse("").split("[,:]", -1)) {
            if (!pair.isEmpty() && !pair.equals(Guest.SAME)) {
                storages.add(pair);
            }
        }
        return storages;
    }

    /** Adds what is missing; false if it cannot be told. */
    private boolean check(String path, List<String> needed, List<String> missing) throws InterruptedException {
        PveAnswer answer = api.get("/access/permissions", Map.of("path", path));
        if (!(answer instanceof PveAnswer.Ok)) {
            return false;
        }
        JsonNode held = answer.content().path(path);
        for (String privilege : needed) {
            if (!held.has(privilege)) {
                missing.add(privilege + " " + path);
            }
        }
        return true;
    }
}
