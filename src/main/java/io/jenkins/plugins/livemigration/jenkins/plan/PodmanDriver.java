package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The plan's {@code driver.podman}: containers, with Podman and CRIU. */
public final class PodmanDriver extends HostDriver {
    private @Nullable List<String> containers;
    private @Nullable String strategy;
    private @Nullable String compression;
    private @Nullable String staging;
    private @Nullable List<String> volumes;
    private @Nullable TrafficParameter traffic;
    private @Nullable Boolean gate;
    private @Nullable Integer preCopyRounds;

    @DataBoundConstructor
    public PodmanDriver(String from, String to) {
        super(from, to);
    }

    public @Nullable List<String> getContainers() {
        return containers;
    }

    @DataBoundSetter
    public void setContainers(@Nullable List<String> containers) {
        this.containers = PlanPart.given(containers);
    }

    public @Nullable String getStrategy() {
        return strategy;
    }

    @DataBoundSetter
    public void setStrategy(@Nullable String strategy) {
        this.strategy = PlanPart.given(strategy);
    }

    public @Nullable String getCompression() {
        return compression;
    }

    @DataBoundSetter
    public void setCompression(@Nullable String compression) {
        this.compression = PlanPart.given(compression);
    }

    public @Nullable String getStaging() {
        return staging;
    }

    @DataBoundSetter
    public void setStaging(@Nullable String staging) {
        this.staging = PlanPart.given(staging);
    }

    public @Nullable List<String> getVolumes() {
        return volumes;
    }

    @DataBoundSetter
    public void setVolumes(@Nullable List<String> volumes) {
        this.volumes = PlanPart.given(volumes);
    }

    public @Nullable TrafficParameter getTraffic() {
        return traffic;
    }

    @DataBoundSetter
    public void setTraffic(@Nullable TrafficParameter traffic) {
        this.traffic = traffic;
    }

    public @Nullable Boolean getGate() {
        return gate;
    }

    @DataBoundSetter
    public void setGate(@Nullable Boolean gate) {
        this.gate = gate;
    }

    public @Nullable Integer getPreCopyRounds() {
        return preCopyRounds;
    }

    @DataBoundSetter
    public void setPreCopyRounds(@Nullable Integer preCopyRounds) {
        this.preCopyRounds = preCopyRounds;
    }

    @Override
    String key() {
        return "podman";
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node)
                .put("from", getFrom())
                .put("to", getTo())
                .put("containers", containers)
                .put("strategy", strategy)
                .put("compression", compression)
                .put("staging", staging)
                .put("volumes", volumes)
                .put("gate", gate)
                .put("preCopyRounds", preCopyRounds);
        if (traffic != null) {
            traffic.write(node.putObject("traffic"));
        }
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("podman")
    public static final class DescriptorImpl extends HostDriverDescriptor {
        @Override
        public String getDisplayName() {
            return Words.text("driver.podman");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckContainers(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.texts(item, value, "driver", "podman", "containers");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckStaging(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "driver", "podman", "staging");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckVolumes(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.texts(item, value, "driver", "podman", "volumes");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckPreCopyRounds(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.whole(item, value, "driver", "podman", "preCopyRounds");
        }

        /** A list as the form shows it: one a line. */
        public String textOf(@Nullable List<String> names) {
            return FormLists.text(names);
        }

        @Override
        public DriverParameter newInstance(@Nullable StaplerRequest2 request, JSONObject form) throws FormException {
            return super.newInstance(
                    request, FormLists.withoutEmpty(FormLists.split(form, "containers", "volumes"), "gate"));
        }
    }
}
