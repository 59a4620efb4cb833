package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Commands of your own switch the traffic. */
public final class CommandsTraffic extends TrafficParameter {
    private final String on;
    private final String attach;
    private @Nullable String detach;

    @DataBoundConstructor
    public CommandsTraffic(String on, String attach) {
        this.on = on;
        this.attach = attach;
    }

    public String getOn() {
        return on;
    }

    public String getAttach() {
        return attach;
    }

    public @Nullable String getDetach() {
        return detach;
    }

    @DataBoundSetter
    public void setDetach(@Nullable String detach) {
        this.detach = PlanPart.given(detach);
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node.putObject("commands"))
                .put("on", on)
                .put("attach", attach)
                .put("detach", detach);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("commands")
    public static final class DescriptorImpl extends Descriptor<TrafficParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("traffic.commands");
        }
    }
}
