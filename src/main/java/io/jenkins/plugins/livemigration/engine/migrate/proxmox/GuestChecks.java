package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the guest is where the plan says, and runs. */
final class GuestChecks {
    private final PveQuestions api;
    private final Guest guest;
    private final ProxmoxPlan plan;
    private final Findings findings;
    private final String where;

    GuestChecks(PveQuestions api, Guest guest, Findings findings) {
        this.api = api;
        this.guest = guest;
        this.plan = guest.plan();
        this.findings = findings;
        this.where = "guest " + guest.vmid();
    }

    void run(boolean nodesOnline) throws InterruptedException {
        Optional<String> node = new GuestPlace(api, guest).node();
        if (node.isEmpty()) {
            findings.error(where, "guestUnseen", guest.vmid(), api.caller());
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
        String lock = current.content().path("lock").asText("");
        state(node.get(), current.content());
        if (!lock.isEmpty()) {
            findings.error(where, "locked", guest.vmid(), lock, node.get(), guest.command());
        }
        boolean managed = current.content().path("ha").path("managed").asInt() == 1;
        if (managed) {
            highAvailability(current.content().path("ha").path("state").asText(""));
        }
        if (nodesOnline) {
            new MoveChecks(api, guest, findings).run(node.get(), !lock.isEmpty(), managed);
        }
    }

    private void state(String node, JsonNode current) {
        String status = current.path("status").asText();
        String inside = current.path("qmpstatus").asText(status);
        if (!status.equals("running") || !inside.equals("running")) {
            findings.error(where, "guestNotRunning", guest.vmid(), node, inside, guest.command());
        } else if (node.equals(plan.from())) {
            findings.ok(where, "runsAtSource", guest.vmid(), node);
        } else {
            findings.warning(where, "runsAtTarget", guest.vmid(), node, plan.from());
        }
    }

    private void highAvailability(String state) throws InterruptedException {
        if (state.equals("error")) {
            findings.error(where, "haGaveUp", guest.vmid(), guest.sid());
        } else {
            findings.warning(where, "haManaged", guest.vmid());
        }
        PrivilegeChecks privileges = new PrivilegeChecks(api, guest, findings);
        if (!privileges.onBothNodes("Sys.Audit")) {
            findings.error(where, "haNeedsAudit", api.caller(), plan.from(), plan.to());
        }
        if (!privileges.onBothNodes("Sys.Modify")) {
            findings.warning(where, "haNeedsModify", api.caller(), plan.from(), plan.to());
        }
        List<String> ignored = notPassedOn();
        if (!ignored.isEmpty()) {
            findings.warning(where, "haIgnores", guest.vmid(), String.join(", ", ignored));
        }
    }

    /** The HA manager asks for the migration anew, with parameters of its own (PVE/HA/Resources/PVEVM.pm, PVECT.pm). */
    private List<String> notPassedOn() {
        List<String> keys = new ArrayList<>();
        plan.targetStorage().ifPresent(set -> keys.add("targetStorage"));
        plan.bwlimitKiB().ifPresent(set -> keys.add("bwlimitKiB"));
        plan.migrationNetwork().ifPresent(set -> keys.add("migrationNetwork"));
        plan.insecureTransportReason().ifPresent(set -> keys.add("insecureTransport"));
        if (plan.conntrackState()) {
            keys.add("conntrackState");
        }
        return keys;
    }
}
