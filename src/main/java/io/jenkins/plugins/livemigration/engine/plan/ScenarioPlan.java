package io.jenkins.plugins.livemigration.engine.plan;

import java.util.List;
import java.util.Optional;

/**
 * A named variation, its overrides already applied: everything that a sample of it needs.
 *
 * @param workload how the workload is started and stopped, where the engine has to do that
 * @param returnBy for one-way runs: a command that brings the workload back, unmeasured; without one the driver's own
 *     migration back is used, unmeasured
 * @param probes exactly one is primary, unless there are none
 */
public record ScenarioPlan(
        String name,
        DriverPlan driver,
        Optional<WorkloadPlan> workload,
        Optional<HostCommand> returnBy,
        List<ProbePlan> probes,
        Optional<StatePlan> state) {
    public ScenarioPlan {
        probes = List.copyOf(probes);
    }

    /** The probe whose outage is {@code downtime.observed}. */
    public Optional<ProbePlan> primaryProbe() {
        return probes.stream().filter(ProbePlan::primary).findFirst();
    }
}
