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

/** An item of the plan's {@code thresholds}: a limit that gates. */
public final class ThresholdParameter extends AbstractDescribableImpl<ThresholdParameter> {
    private final String metric;
    private @Nullable String of;
    private @Nullable String scenario;
    private @Nullable String unstable;
    private @Nullable String fail;

    @DataBoundConstructor
    public ThresholdParameter(String metric) {
        this.metric = metric;
    }

    public String getMetric() {
        return metric;
    }

    public @Nullable String getOf() {
        return of;
    }

    @DataBoundSetter
    public void setOf(@Nullable String of) {
        this.of = PlanPart.given(of);
    }

    public @Nullable String getScenario() {
        return scenario;
    }

    @DataBoundSetter
    public void setScenario(@Nullable String scenario) {
        this.scenario = PlanPart.given(scenario);
    }

    public @Nullable String getUnstable() {
        return unstable;
    }

    @DataBoundSetter
    public void setUnstable(@Nullable String unstable) {
        this.unstable = PlanPart.given(unstable);
    }

    public @Nullable String getFail() {
        return fail;
    }

    @DataBoundSetter
    public void setFail(@Nullable String fail) {
        this.fail = PlanPart.given(fail);
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node)
                .put("metric", metric)
                .put("of", of)
                .put("scenario", scenario)
                .put("unstable", unstable)
                .put("fail", fail);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ThresholdParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("threshold");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckMetric(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "thresholds", "metric");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckUnstable(
                @AncestorInPath @Nullable Item item,
                @QueryParameter @Nullable String value,
                @QueryParameter @Nullable String metric) {
            return FieldCheck.limit(item, value, metric, "unstable");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckFail(
                @AncestorInPath @Nullable Item item,
                @QueryParameter @Nullable String value,
                @QueryParameter @Nullable String metric) {
            return FieldCheck.limit(item, value, metric, "fail");
        }
    }
}
