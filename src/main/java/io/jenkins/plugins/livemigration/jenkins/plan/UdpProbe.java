package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Numbered datagrams to an echo service. */
public final class UdpProbe extends ProbeParameter {
    private final String host;
    private final int port;
    private @Nullable Integer payloadBytes;

    @DataBoundConstructor
    public UdpProbe(String host, int port) {
        this.host = host;
        this.port = port;
    }

    public String getHost() {
        return host;
    }

    public int getPort() {
        return port;
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
        new PlanPart(node).put("host", host).put("port", port).put("payloadBytes", payloadBytes);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("udp")
    public static final class DescriptorImpl extends Descriptor<ProbeParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("probe.udp");
        }
    }
}
