package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** An address that the engine moves along. */
public final class FloatingAddressTraffic extends TrafficParameter {
    private final String address;
    private final String device;

    @DataBoundConstructor
    public FloatingAddressTraffic(String address, String device) {
        this.address = address;
        this.device = device;
    }

    public String getAddress() {
        return address;
    }

    public String getDevice() {
        return device;
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node.putObject("floatingAddress")).put("address", address).put("device", device);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("floatingAddress")
    public static final class DescriptorImpl extends Descriptor<TrafficParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("traffic.floatingAddress");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckAddress(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "driver", "podman", "traffic", "floatingAddress", "address");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckDevice(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "driver", "podman", "traffic", "floatingAddress", "device");
        }
    }
}
