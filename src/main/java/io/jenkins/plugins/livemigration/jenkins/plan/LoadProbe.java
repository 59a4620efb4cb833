package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A load of fixed rate that a service sends back. */
public final class LoadProbe extends PayloadProbe {
    private @Nullable Integer packets;

    @DataBoundConstructor
    public LoadProbe(String host, @Nullable Integer port) {
        super(host, port);
    }

    public @Nullable Integer getPackets() {
        return packets;
    }

    @DataBoundSetter
    public void setPackets(@Nullable Integer packets) {
        this.packets = packets;
    }

    @Override
    String key() {
        return "load";
    }

    @Override
    void write(ObjectNode node) {
        super.write(node);
        new PlanPart(node).put("packets", packets);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("load")
    public static final class DescriptorImpl extends ProbeDescriptor {
        @Override
        String kind() {
            return "load";
        }

        @Override
        public String getDisplayName() {
            return Words.text("probe.load");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckPackets(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.whole(item, value, "probes", kind(), "packets");
        }
    }
}
