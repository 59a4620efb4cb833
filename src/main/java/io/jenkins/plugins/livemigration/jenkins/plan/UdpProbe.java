package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Numbered datagrams to an echo service. */
public final class UdpProbe extends PortProbe {
    private @Nullable Integer payloadBytes;

    @DataBoundConstructor
    public UdpProbe(String host, @Nullable Integer port) {
        super(host, port);
    }

    public @Nullable Integer getPayloadBytes() {
        return payloadBytes;
    }

    @DataBoundSetter
    public void setPayloadBytes(@Nullable Integer payloadBytes) {
        this.payloadBytes = payloadBytes;
    }

    @Override
    String key() {
        return "udp";
    }

    @Override
    void write(ObjectNode node) {
        super.write(node);
        new PlanPart(node).put("payloadBytes", payloadBytes);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("udp")
    public static final class DescriptorImpl extends ProbeDescriptor {
        @Override
        String kind() {
            return "udp";
        }

        @Override
        public String getDisplayName() {
            return Words.text("probe.udp");
        }
    }
}
