package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;

/** Why something is done that should not be done without a reason; every run's log repeats it. */
public final class ReasonParameter extends AbstractDescribableImpl<ReasonParameter> {
    private final @Nullable String reason;

    @DataBoundConstructor
    public ReasonParameter(@Nullable String reason) {
        this.reason = PlanPart.given(reason);
    }

    public @Nullable String getReason() {
        return reason;
    }

    void write(ObjectNode node) {
        new PlanPart(node).put("reason", reason);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ReasonParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("reason");
        }
    }
}
