package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** A probe of a service that sends back what it gets, of a size that can be chosen. */
public abstract class PayloadProbe extends PortProbe {
    private @Nullable Integer payloadBytes;

    /** Of the service as clients reach it. */
    PayloadProbe(String host, @Nullable Integer port) {
        super(host, port);
    }

    public final @Nullable Integer getPayloadBytes() {
        return payloadBytes;
    }

    @DataBoundSetter
    public final void setPayloadBytes(@Nullable Integer payloadBytes) {
        this.payloadBytes = payloadBytes;
    }

    @Override
    void write(ObjectNode node) {
        super.write(node);
        new PlanPart(node).put("payloadBytes", payloadBytes);
    }
}
