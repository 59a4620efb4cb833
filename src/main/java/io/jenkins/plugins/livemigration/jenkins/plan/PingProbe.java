package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The system's ping. */
public final class PingProbe extends ProbeParameter {
    private final String host;

    @DataBoundConstructor
    public PingProbe(String host) {
        this.host = host;
    }

    public String getHost() {
        return host;
    }

    @Override
    String key() {
        return "ping";
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node).put("host", host);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("ping")
    public static final class DescriptorImpl extends ProbeDescriptor {
        @Override
        String kind() {
            return "ping";
        }

        @Override
        public String getDisplayName() {
            return Words.text("probe.ping");
        }
    }
}
