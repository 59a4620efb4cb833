package io.jenkins.plugins.livemigration.engine.plan;

import java.util.Optional;

/**
 * How a scenario's workload is started and stopped.
 *
 * @param start run on the home host when the scenario's turn comes, or before each sample with {@code freshStart}
 * @param stop run before another scenario's workload is started, and at the end
 */
public record WorkloadPlan(HostCommand start, Optional<HostCommand> stop) {}
