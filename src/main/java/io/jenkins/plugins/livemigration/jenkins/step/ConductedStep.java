package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.plan.PlanPart;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** A step as far as it says what is beside the plan: where the plan is, which lab, what the verdict decides. */
public abstract class ConductedStep extends Step {
    static final String ABANDON_AFTER = "15 min";
    private static final String GATE = Gate.BUILD.text();
    private static final String INCONCLUSIVE = "success";

    private @Nullable String plan;
    private @Nullable String planFile;
    private @Nullable String lab;
    private @Nullable String baselineJob;
    private @Nullable String gate;
    private @Nullable String inconclusive;
    private @Nullable String abandonAfter;

    /** A plan as YAML text, on which the parameters are laid. */
    public final @Nullable String getPlan() {
        return plan;
    }

    @DataBoundSetter
    public final void setPlan(@Nullable String plan) {
        this.plan = PlanPart.given(plan);
    }

    /** A plan in the workspace, on which the parameters are laid. */
    public final @Nullable String getPlanFile() {
        return planFile;
    }

    @DataBoundSetter
    public final void setPlanFile(@Nullable String planFile) {
        this.planFile = PlanPart.given(planFile);
    }

    /** The migration lab whose hosts and clusters are used. */
    public final @Nullable String getLab() {
        return lab;
    }

    @DataBoundSetter
    public final void setLab(@Nullable String lab) {
        this.lab = PlanPart.given(lab);
    }

    /** The job whose builds this one is compared with. */
    public final @Nullable String getBaselineJob() {
        return baselineJob;
    }

    @DataBoundSetter
    public final void setBaselineJob(@Nullable String baselineJob) {
        this.baselineJob = PlanPart.given(baselineJob);
    }

    /** What the verdict decides. */
    public final @Nullable String getGate() {
        return gate;
    }

    @DataBoundSetter
    public final void setGate(@Nullable String gate) {
        String given = PlanPart.given(gate);
        this.gate = given == null || given.equals(GATE) ? null : given;
    }

    /** What an inconclusive verdict counts as. */
    public final @Nullable String getInconclusive() {
        return inconclusive;
    }

    @DataBoundSetter
    public final void setInconclusive(@Nullable String inconclusive) {
        String given = PlanPart.given(inconclusive);
        this.inconclusive = given == null || given.equals(INCONCLUSIVE) ? null : given;
    }

    /** How long the engine goes on without hearing from Jenkins. */
    public final @Nullable String getAbandonAfter() {
        return abandonAfter;
    }

    @DataBoundSetter
    public final void setAbandonAfter(@Nullable String abandonAfter) {
        String given = PlanPart.given(abandonAfter);
        this.abandonAfter = given == null || given.equals(ABANDON_AFTER) ? null : given;
    }

    /**
     * The request.
     *
     * @param parameters in the plan's keys
     * @throws IllegalArgumentException if a word is not known; says which would be
     */
    final BenchmarkRequest request(ObjectNode parameters) {
        String gateText = gate == null ? GATE : gate;
        Gate decided =
                Gate.of(gateText).orElseThrow(() -> new IllegalArgumentException(Words.text("gate.unknown", gateText)));
        return new BenchmarkRequest(
                parameters.toString(),
                plan,
                planFile,
                lab,
                baselineJob,
                decided,
                colour(inconclusive == null ? INCONCLUSIVE : inconclusive),
                abandonAfter == null ? ABANDON_AFTER : abandonAfter);
    }

    private static GateDecision.Colour colour(String text) {
        for (GateDecision.Colour colour : GateDecision.Colour.values()) {
            if (colour.name().equals(text.toUpperCase(Locale.ROOT))) {
                return colour;
            }
        }
        throw new IllegalArgumentException(Words.text("inconclusive.unknown", text));
    }
}
