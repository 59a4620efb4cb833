package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The plan's {@code workload}: how the workload is started and stopped. */
public final class WorkloadParameter extends AbstractDescribableImpl<WorkloadParameter> {
    private @Nullable CommandParameter start;
    private @Nullable CommandParameter stop;

    @DataBoundConstructor
    public WorkloadParameter() {}

    public @Nullable CommandParameter getStart() {
        return start;
    }

    /** Starts it. */
    @DataBoundSetter
    public void setStart(@Nullable CommandParameter start) {
        this.start = start;
    }

    public @Nullable CommandParameter getStop() {
        return stop;
    }

    /** Stops it. */
    @DataBoundSetter
    public void setStop(@Nullable CommandParameter stop) {
        this.stop = stop;
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        if (start != null) {
            start.write(node.putObject("start"));
        }
        if (stop != null) {
            stop.write(node.putObject("stop"));
        }
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<WorkloadParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("workload");
        }
    }
}
