package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** An entry of {@code regression.relevantChanges}: a smaller change of that metric does not matter. */
public final class ChangeParameter extends AbstractDescribableImpl<ChangeParameter> {
    private final @Nullable String metric;
    private @Nullable String relative;
    private @Nullable String absolute;

    @DataBoundConstructor
    public ChangeParameter(@Nullable String metric) {
        this.metric = PlanPart.given(metric);
    }

    public @Nullable String getMetric() {
        return metric;
    }

    public @Nullable String getRelative() {
        return relative;
    }

    /** In percent. */
    @DataBoundSetter
    public void setRelative(@Nullable String relative) {
        this.relative = PlanPart.given(relative);
    }

    public @Nullable String getAbsolute() {
        return absolute;
    }

    /** In the metric's unit. */
    @DataBoundSetter
    public void setAbsolute(@Nullable String absolute) {
        this.absolute = PlanPart.given(absolute);
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node).put("relative", relative).put("absolute", absolute);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ChangeParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("change");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckMetric(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.metric(item, value);
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckRelative(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.percentage(item, value, "relative");
        }
    }
}
