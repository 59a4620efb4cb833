package io.jenkins.plugins.livemigration.jenkins.plan;

import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What the forms of all probes have in common. */
public abstract class ProbeDescriptor extends Descriptor<ProbeParameter> {
    /** The kind's key in the plan. */
    abstract String kind();

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckName(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.text(item, value, "probes", kind(), "name");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckIntervalMillis(
            @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.whole(item, value, "probes", kind(), "intervalMillis");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckTimeoutMillis(
            @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.whole(item, value, "probes", kind(), "timeoutMillis");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckHost(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.text(item, value, "probes", kind(), "host");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckPort(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.whole(item, value, "probes", kind(), "port");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckUrl(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.text(item, value, "probes", kind(), "url");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckPayloadBytes(
            @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.whole(item, value, "probes", kind(), "payloadBytes");
    }
}
