package io.jenkins.plugins.livemigration.jenkins.plan;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What the forms of all drivers that speak to a cluster have in common. */
public abstract class ClusterDriverDescriptor extends ApiDescriptor<DriverParameter> {
    /** Of the driver with this key in the plan. */
    ClusterDriverDescriptor(String key) {
        super("driver", key);
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckCluster(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.name(item, value, "clusters");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckSsh(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.name(item, value, "hosts");
    }

    /** What an API can be spoken to with; to who may not configure, only the present choice. */
    @RequirePOST
    public ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String credentialsId) {
        return CredentialsChoice.ofApi(item, credentialsId);
    }
}
