package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.List;
import net.sf.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The plan's {@code regression}: how a run is compared with its baseline. */
public final class RegressionParameter extends AbstractDescribableImpl<RegressionParameter> {
    private @Nullable Integer window;
    private @Nullable String mustFind;
    private @Nullable List<ChangeParameter> relevantChanges;
    private @Nullable List<NoiseParameter> noiseFloors;
    private @Nullable List<String> fixedFacts;

    @DataBoundConstructor
    public RegressionParameter() {}

    public @Nullable Integer getWindow() {
        return window;
    }

    /** So many builds at most. */
    @DataBoundSetter
    public void setWindow(@Nullable Integer window) {
        this.window = window;
    }

    public @Nullable String getMustFind() {
        return mustFind;
    }

    /** A PASS that could not have found this change is inconclusive. */
    @DataBoundSetter
    public void setMustFind(@Nullable String mustFind) {
        this.mustFind = PlanPart.given(mustFind);
    }

    public @Nullable List<ChangeParameter> getRelevantChanges() {
        return relevantChanges;
    }

    /** By metric. */
    @DataBoundSetter
    public void setRelevantChanges(@Nullable List<ChangeParameter> relevantChanges) {
        this.relevantChanges = PlanPart.given(relevantChanges);
    }

    public @Nullable List<NoiseParameter> getNoiseFloors() {
        return noiseFloors;
    }

    /** By metric. */
    @DataBoundSetter
    public void setNoiseFloors(@Nullable List<NoiseParameter> noiseFloors) {
        this.noiseFloors = PlanPart.given(noiseFloors);
    }

    public @Nullable List<String> getFixedFacts() {
        return fixedFacts;
    }

    /** Builds on hosts that differ in one of them are not compared. */
    @DataBoundSetter
    public void setFixedFacts(@Nullable List<String> fixedFacts) {
        this.fixedFacts = PlanPart.given(fixedFacts);
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node).put("window", window).put("mustFind", mustFind).put("fixedFacts", fixedFacts);
        if (relevantChanges != null) {
            ObjectNode changes = node.putObject("relevantChanges");
            relevantChanges.forEach(change -> change.write(PlanPart.named(changes, change.getMetric())));
        }
        if (noiseFloors != null) {
            ObjectNode floors = node.putObject("noiseFloors");
            noiseFloors.forEach(noise -> noise.write(floors));
        }
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<RegressionParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("regression");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckWindow(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.whole(item, value, "regression", "window");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckMustFind(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "regression", "mustFind");
        }

        /** A list as the form shows it: one a line. */
        public String textOf(@Nullable List<String> names) {
            return FormLists.text(names);
        }

        @Override
        public RegressionParameter newInstance(@Nullable StaplerRequest2 request, JSONObject form)
                throws FormException {
            return super.newInstance(request, FormLists.split(form, "fixedFacts"));
        }
    }
}
