package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.plan.PlanPart;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a step says beside the plan: where the plan is, which lab, what the verdict decides. */
final class Conduct {
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

    @Nullable
    String getPlan() {
        return plan;
    }

    void setPlan(@Nullable String plan) {
        this.plan = PlanPart.given(plan);
    }

    @Nullable
    String getPlanFile() {
        return planFile;
    }

    void setPlanFile(@Nullable String planFile) {
        this.planFile = PlanPart.given(planFile);
    }

    @Nullable
    String getLab() {
        return lab;
    }

    void setLab(@Nullable String lab) {
        this.lab = PlanPart.given(lab);
    }

    @Nullable
    String getBaselineJob() {
        return baselineJob;
    }

    void setBaselineJob(@Nullable String baselineJob) {
        this.baselineJob = PlanPart.given(baselineJob);
    }

    @Nullable
    String getGate() {
        return gate;
    }

    void setGate(@Nullable String gate) {
        String given = PlanPart.given(gate);
        this.gate = given == null || given.equals(GATE) ? null : given;
    }

    @Nullable
    String getInconclusive() {
        return inconclusive;
    }

    void setInconclusive(@Nullable String inconclusive) {
        String given = PlanPart.given(inconclusive);
        this.inconclusive = given == null || given.equals(INCONCLUSIVE) ? null : given;
    }

    @Nullable
    String getAbandonAfter() {
        return abandonAfter;
    }

    void setAbandonAfter(@Nullable String abandonAfter) {
        String given = PlanPart.given(abandonAfter);
        this.abandonAfter = given == null || given.equals(ABANDON_AFTER) ? null : given;
    }

    /**
     * The request.
     *
     * @param parameters in the plan's keys
     * @throws IllegalArgumentException if a word is not known; says which would be
     */
    BenchmarkRequest request(ObjectNode parameters) {
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
