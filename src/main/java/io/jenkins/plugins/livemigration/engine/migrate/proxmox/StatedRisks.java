package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Tls;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.List;

/** What a plan does although it is risky, with the reason that it states: every run's log repeats it. */
final class StatedRisks {
    private StatedRisks() {}

    static List<Message> of(ProxmoxPlan plan) {
        List<Message> risks = new ArrayList<>();
        plan.forceReason().ifPresent(reason -> risks.add(Message.of("migrate/proxmox.preflight.forced", reason)));
        plan.insecureTransportReason()
                .ifPresent(reason -> risks.add(Message.of("migrate/proxmox.preflight.insecure", reason)));
        if (plan.access() instanceof Access.Api api && api.tls() instanceof Tls.Unverified unverified) {
            risks.add(Message.of("migrate/proxmox.preflight.unverified", unverified.reason()));
        }
        return risks;
    }
}
