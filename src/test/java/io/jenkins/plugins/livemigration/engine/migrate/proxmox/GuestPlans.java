package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Kind;
import java.time.Duration;
import java.util.Optional;

/** Plans of a guest that moves between sabda and yagra. */
final class GuestPlans {
    private GuestPlans() {}

    /** A plan that asks for nothing special. */
    static ProxmoxPlan of(Access access, int vmid, Kind kind) {
        return new ProxmoxPlan(
                "sabda",
                "yagra",
                access,
                vmid,
                kind,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Duration.ofMinutes(3));
    }
}
