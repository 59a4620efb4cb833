package io.jenkins.plugins.livemigration.jenkins.step;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a step asks for, in a form that survives a restart of the controller. Holds no secret. */
final class BenchmarkRequest implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String parameters;
    private final @Nullable String plan;
    private final @Nullable String planFile;
    private final @Nullable String lab;
    private final @Nullable String baselineJob;
    private final String gate;
    private final String inconclusive;
    private final String abandonAfter;

    /**
     * A request.
     *
     * @param parameters the step's parameters in the plan's keys, as JSON text
     * @param plan a plan as YAML text, on which the parameters are laid
     * @param planFile a plan in the workspace, in its place
     * @param lab the lab's name
     * @param baselineJob the job whose builds this one is compared with; its own if absent
     * @param abandonAfter how long the engine goes on without hearing from Jenkins
     */
    BenchmarkRequest(
            String parameters,
            @Nullable String plan,
            @Nullable String planFile,
            @Nullable String lab,
            @Nullable String baselineJob,
            Gate gate,
            GateDecision.Colour inconclusive,
            String abandonAfter) {
        this.parameters = parameters;
        this.plan = plan;
        this.planFile = planFile;
        this.lab = lab;
        this.baselineJob = baselineJob;
        this.gate = gate.name();
        this.inconclusive = inconclusive.name();
        this.abandonAfter = abandonAfter;
    }

    String parameters() {
        return parameters;
    }

    Optional<String> plan() {
        return Optional.ofNullable(plan);
    }

    Optional<String> planFile() {
        return Optional.ofNullable(planFile);
    }

    Optional<String> lab() {
        return Optional.ofNullable(lab);
    }

    Optional<String> baselineJob() {
        return Optional.ofNullable(baselineJob);
    }

    Gate gate() {
        return Gate.valueOf(gate);
    }

    GateDecision.Colour inconclusive() {
        return GateDecision.Colour.valueOf(inconclusive);
    }

    String abandonAfter() {
        return abandonAfter;
    }
}
