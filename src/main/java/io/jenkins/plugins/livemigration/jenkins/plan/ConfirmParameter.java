package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The plan's {@code confirm}: what is done when a figure seems worse than the baseline. */
public final class ConfirmParameter extends AbstractDescribableImpl<ConfirmParameter> {
    private @Nullable Boolean never;
    private @Nullable Integer samples;
    private @Nullable String freshStart;
    private @Nullable List<CommandParameter> commands;

    @DataBoundConstructor
    public ConfirmParameter() {}

    public @Nullable Boolean getNever() {
        return never;
    }

    /** Nothing is run again: the plan's {@code none}. */
    @DataBoundSetter
    public void setNever(@Nullable Boolean never) {
        this.never = Boolean.TRUE.equals(never) ? true : null;
    }

    public @Nullable Integer getSamples() {
        return samples;
    }

    /** Measured moves of the second round. */
    @DataBoundSetter
    public void setSamples(@Nullable Integer samples) {
        this.samples = samples;
    }

    public @Nullable String getFreshStart() {
        return freshStart;
    }

    /** {@code none} or {@code workload}: what is started anew before; or */
    @DataBoundSetter
    public void setFreshStart(@Nullable String freshStart) {
        this.freshStart = PlanPart.given(freshStart);
    }

    public @Nullable List<CommandParameter> getCommands() {
        return commands;
    }

    /** these commands start it anew. */
    @DataBoundSetter
    public void setCommands(@Nullable List<CommandParameter> commands) {
        this.commands = PlanPart.given(commands);
    }

    private void write(ObjectNode node) {
        new PlanPart(node).put("samples", samples);
        if (commands != null) {
            ArrayNode list = node.putObject("freshStart").putArray("commands");
            commands.forEach(command -> command.write(list.addObject()));
        } else {
            new PlanPart(node).put("freshStart", freshStart);
        }
    }

    /** Writes all of it under the plan's key. */
    public void writeInto(ObjectNode plan, String key) {
        if (Boolean.TRUE.equals(never)) {
            plan.put(key, "none");
        } else {
            write(plan.putObject(key));
        }
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ConfirmParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("confirm");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckSamples(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.whole(item, value, "confirm", "samples");
        }
    }
}
