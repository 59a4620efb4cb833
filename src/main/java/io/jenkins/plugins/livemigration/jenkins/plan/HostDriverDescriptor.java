package io.jenkins.plugins.livemigration.jenkins.plan;

import hudson.RelativePath;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What the forms of all drivers between hosts have in common. */
public abstract class HostDriverDescriptor extends Descriptor<DriverParameter> {
    /** What the engine would say, and whether the lab describes the host. */
    @RequirePOST
    public FormValidation doCheckFrom(
            @AncestorInPath @Nullable Item item,
            @QueryParameter @Nullable String value,
            @RelativePath("..") @QueryParameter("lab") @Nullable String lab,
            @RelativePath("../..") @QueryParameter("lab") @Nullable String labOfStep) {
        return FieldCheck.host(item, value, lab);
    }

    /** What the engine would say, and whether the lab describes the host. */
    @RequirePOST
    public FormValidation doCheckTo(
            @AncestorInPath @Nullable Item item,
            @QueryParameter @Nullable String value,
            @RelativePath("..") @QueryParameter("lab") @Nullable String lab,
            @RelativePath("../..") @QueryParameter("lab") @Nullable String labOfStep) {
        return FieldCheck.host(item, value, lab);
    }
}
