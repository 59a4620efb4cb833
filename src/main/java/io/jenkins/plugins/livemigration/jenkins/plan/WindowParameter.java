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

/** The plan's {@code window}: what is observed around each move. */
public final class WindowParameter extends AbstractDescribableImpl<WindowParameter> {
    private @Nullable String before;
    private @Nullable String after;

    @DataBoundConstructor
    public WindowParameter() {}

    public @Nullable String getBefore() {
        return before;
    }

    @DataBoundSetter
    public void setBefore(@Nullable String before) {
        this.before = PlanPart.given(before);
    }

    public @Nullable String getAfter() {
        return after;
    }

    @DataBoundSetter
    public void setAfter(@Nullable String after) {
        this.after = PlanPart.given(after);
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node).put("before", before).put("after", after);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<WindowParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("window");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckBefore(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "window", "before");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckAfter(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "window", "after");
        }
    }
}
