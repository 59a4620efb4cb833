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
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** An entry of {@code regression.noiseFloors}: a deviation between builds that is taken at least. */
public final class NoiseParameter extends AbstractDescribableImpl<NoiseParameter> {
    private final @Nullable String metric;
    private final @Nullable String floor;

    @DataBoundConstructor
    public NoiseParameter(@Nullable String metric, @Nullable String floor) {
        this.metric = PlanPart.given(metric);
        this.floor = PlanPart.given(floor);
    }

    public @Nullable String getMetric() {
        return metric;
    }

    public @Nullable String getFloor() {
        return floor;
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node).put(metric == null ? "" : metric, floor);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<NoiseParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("noise");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckMetric(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.metric(item, value);
        }
    }
}
