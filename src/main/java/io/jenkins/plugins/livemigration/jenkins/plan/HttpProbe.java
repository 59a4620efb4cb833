package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** GET requests, each on a new connection. */
public final class HttpProbe extends ProbeParameter {
    private final String url;

    @DataBoundConstructor
    public HttpProbe(String url) {
        this.url = url;
    }

    public String getUrl() {
        return url;
    }

    @Override
    String key() {
        return "http";
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node).put("url", url);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("http")
    public static final class DescriptorImpl extends ProbeDescriptor {
        @Override
        String kind() {
            return "http";
        }

        @Override
        public String getDisplayName() {
            return Words.text("probe.http");
        }
    }
}
