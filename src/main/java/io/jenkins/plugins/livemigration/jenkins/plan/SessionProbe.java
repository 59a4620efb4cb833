package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Numbered lines over one held TCP connection. */
public final class SessionProbe extends ProbeParameter {
    private final String host;
    private final int port;

    @DataBoundConstructor
    public SessionProbe(String host, int port) {
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
        return "session";
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node).put("host", host).put("port", port);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("session")
    public static final class DescriptorImpl extends Descriptor<ProbeParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("probe.session");
        }
    }
}
