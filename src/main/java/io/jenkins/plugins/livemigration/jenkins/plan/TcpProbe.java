package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** New TCP connections. */
public final class TcpProbe extends ProbeParameter {
    private final String host;
    private final int port;

    @DataBoundConstructor
    public TcpProbe(String host, int port) {
        this.host = host;
        this.port = port;
    }

    public String getHost() {
        return host;
    }

    public int getPort() {
        return port;
    }

    @Override
    String key() {
        return "tcp";
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node).put("host", host).put("port", port);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("tcp")
    public static final class DescriptorImpl extends Descriptor<ProbeParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("probe.tcp");
        }
    }
}
