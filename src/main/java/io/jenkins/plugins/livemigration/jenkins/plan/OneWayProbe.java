package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.RelativePath;
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

/** Numbered datagrams to a responder of ours on a host that does not migrate: the delay each way. */
public final class OneWayProbe extends ProbeParameter {
    private final String on;
    private final String host;
    private @Nullable Integer port;

    @DataBoundConstructor
    public OneWayProbe(String on, String host) {
        this.on = on;
        this.host = host;
    }

    public String getOn() {
        return on;
    }

    public String getHost() {
        return host;
    }

    public @Nullable Integer getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(@Nullable Integer port) {
        this.port = port;
    }

    @Override
    String key() {
        return "oneWay";
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node).put("on", on).put("host", host).put("port", port);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("oneWay")
    public static final class DescriptorImpl extends ProbeDescriptor {
        @Override
        String kind() {
            return "oneWay";
        }

        @Override
        public String getDisplayName() {
            return Words.text("probe.oneWay");
        }

        /** What the engine would say, and whether the lab describes the host. */
        @RequirePOST
        public FormValidation doCheckOn(
                @AncestorInPath @Nullable Item item,
                @QueryParameter @Nullable String value,
                @RelativePath("..") @QueryParameter("lab") @Nullable String lab,
                @RelativePath("../..") @QueryParameter("lab") @Nullable String labOfStep) {
            return FieldCheck.host(item, value, lab);
        }
    }
}
