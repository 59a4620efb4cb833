package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A probe of a service at a port. */
public abstract class PortProbe extends ProbeParameter {
    private final String host;
    private final @Nullable Integer port;

    /** Of the service as clients reach it. */
    PortProbe(String host, @Nullable Integer port) {
        this.host = host;
        this.port = port;
    }

    public final String getHost() {
        return host;
    }

    public final @Nullable Integer getPort() {
        return port;
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node).put("host", host).put("port", port);
    }
}
