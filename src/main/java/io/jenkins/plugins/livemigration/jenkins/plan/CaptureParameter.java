package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.RelativePath;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** An item of the plan's {@code capture}: packets, around each move. */
public final class CaptureParameter extends AbstractDescribableImpl<CaptureParameter> {
    private final @Nullable String on;
    private @Nullable String device;
    private @Nullable String filter;
    private @Nullable Integer snapLength;
    private @Nullable Integer megabytes;

    @DataBoundConstructor
    public CaptureParameter(@Nullable String on) {
        this.on = PlanPart.given(on);
    }

    public @Nullable String getOn() {
        return on;
    }

    public @Nullable String getInterface() {
        return device;
    }

    /** The network interface; {@code interface} in forms and scripts. */
    @DataBoundSetter
    public void setInterface(@Nullable String device) {
        this.device = PlanPart.given(device);
    }

    public @Nullable String getFilter() {
        return filter;
    }

    /** In tcpdump's language. */
    @DataBoundSetter
    public void setFilter(@Nullable String filter) {
        this.filter = PlanPart.given(filter);
    }

    public @Nullable Integer getSnapLength() {
        return snapLength;
    }

    /** Bytes of each frame. */
    @DataBoundSetter
    public void setSnapLength(@Nullable Integer snapLength) {
        this.snapLength = snapLength;
    }

    public @Nullable Integer getMegabytes() {
        return megabytes;
    }

    /** Of the ring that is kept. */
    @DataBoundSetter
    public void setMegabytes(@Nullable Integer megabytes) {
        this.megabytes = megabytes;
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node)
                .put("on", on)
                .put("interface", device)
                .put("filter", filter)
                .put("snapLength", snapLength)
                .put("megabytes", megabytes);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<CaptureParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("capture");
        }

        /** What the engine would say, and whether the lab describes the host. */
        @RequirePOST
        public FormValidation doCheckOn(
                @AncestorInPath @Nullable Item item,
                @QueryParameter @Nullable String value,
                @RelativePath("..") @QueryParameter("lab") @Nullable String lab) {
            return FieldCheck.host(item, value, lab);
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckInterface(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "capture", "interface");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckFilter(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "capture", "filter");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckSnapLength(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.whole(item, value, "capture", "snapLength");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckMegabytes(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.whole(item, value, "capture", "megabytes");
        }
    }
}
