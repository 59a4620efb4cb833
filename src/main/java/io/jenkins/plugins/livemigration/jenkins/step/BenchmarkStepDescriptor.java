package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.livemigration.jenkins.plan.FieldCheck;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What the step's form offers, and how its fields are checked. */
public abstract class BenchmarkStepDescriptor extends StepDescriptor {
    /** What a verdict may decide. */
    @RequirePOST
    public ListBoxModel doFillGateItems(@AncestorInPath @Nullable Item item) {
        return FormChoices.gates(item);
    }

    /** What an inconclusive verdict may count as. */
    @RequirePOST
    public ListBoxModel doFillInconclusiveItems(@AncestorInPath @Nullable Item item) {
        return FormChoices.colours(item);
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckName(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.text(item, value, "name");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckSamples(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.whole(item, value, "samples");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckWarmup(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.whole(item, value, "warmup");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckPause(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.text(item, value, "pause");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckSampleTimeout(
            @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.text(item, value, "sampleTimeout");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckStopAfterFailures(
            @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.whole(item, value, "stopAfterFailures");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckWaitForWorkload(
            @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.text(item, value, "waitForWorkload");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckPlan(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return PlanCheck.plan(item, value);
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckPlanFile(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return PlanCheck.planFile(item, value);
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckLab(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return PlanCheck.lab(item, value);
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckAbandonAfter(
            @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.duration(item, value, "abandonAfter");
    }
}
