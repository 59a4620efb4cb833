package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.RelativePath;
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

/** A command on a host, wherever the plan has one. */
public final class CommandParameter extends AbstractDescribableImpl<CommandParameter> {
    private final @Nullable String run;
    private @Nullable String on;
    private @Nullable String timeout;

    @DataBoundConstructor
    public CommandParameter(@Nullable String run) {
        this.run = PlanPart.given(run);
    }

    public @Nullable String getRun() {
        return run;
    }

    public @Nullable String getOn() {
        return on;
    }

    /** The host on which it runs. */
    @DataBoundSetter
    public void setOn(@Nullable String on) {
        this.on = PlanPart.given(on);
    }

    public @Nullable String getTimeout() {
        return timeout;
    }

    /** How long it may take. */
    @DataBoundSetter
    public void setTimeout(@Nullable String timeout) {
        this.timeout = PlanPart.given(timeout);
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node).put("on", on).put("run", run).put("timeout", timeout);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<CommandParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("command");
        }

        /** What the engine would say, and whether the lab describes the host. */
        @RequirePOST
        public FormValidation doCheckOn(
                @AncestorInPath @Nullable Item item,
                @QueryParameter @Nullable String value,
                @RelativePath("..") @QueryParameter("lab") @Nullable String lab,
                @RelativePath("../..") @QueryParameter("lab") @Nullable String labOfStep,
                @RelativePath("../../..") @QueryParameter("lab") @Nullable String labOfScenariosStep) {
            return FieldCheck.host(item, value, lab);
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckTimeout(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "workload", "start", "timeout");
        }
    }
}
