package io.jenkins.plugins.livemigration.jenkins.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.plan.ApiDescriptor;
import io.jenkins.plugins.livemigration.jenkins.plan.CredentialsChoice;
import io.jenkins.plugins.livemigration.jenkins.plan.FieldCheck;
import io.jenkins.plugins.livemigration.jenkins.plan.FormLists;
import io.jenkins.plugins.livemigration.jenkins.plan.PlanPart;
import io.jenkins.plugins.livemigration.jenkins.plan.TlsParameter;
import java.util.List;
import net.sf.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A cluster of the plan's {@code clusters}: how its API is reached, and with which credentials. */
public final class LabCluster extends AbstractDescribableImpl<LabCluster> {
    private final String name;
    private @Nullable String url;
    private @Nullable List<String> urls;
    private @Nullable String credentials;
    private @Nullable String user;
    private @Nullable TlsParameter tls;

    @DataBoundConstructor
    public LabCluster(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    public @Nullable String getUrl() {
        return url;
    }

    /** A node's API. */
    @DataBoundSetter
    public void setUrl(@Nullable String url) {
        this.url = PlanPart.given(url);
    }

    public @Nullable List<String> getUrls() {
        return urls;
    }

    /** Several nodes' APIs. */
    @DataBoundSetter
    public void setUrls(@Nullable List<String> urls) {
        this.urls = PlanPart.given(urls);
    }

    public @Nullable String getCredentials() {
        return credentials;
    }

    /** The API's token, or a user name with password. */
    @DataBoundSetter
    public void setCredentials(@Nullable String credentials) {
        this.credentials = PlanPart.given(credentials);
    }

    public @Nullable String getUser() {
        return user;
    }

    /** Whom a password belongs to, with the realm. */
    @DataBoundSetter
    public void setUser(@Nullable String user) {
        this.user = PlanPart.given(user);
    }

    public @Nullable TlsParameter getTls() {
        return tls;
    }

    /** How the API's certificate is verified. */
    @DataBoundSetter
    public void setTls(@Nullable TlsParameter tls) {
        this.tls = tls;
    }

    /** Writes it into the plan's {@code clusters}. */
    public void write(ObjectNode clusters) {
        ObjectNode node = PlanPart.named(clusters, name);
        new PlanPart(node)
                .put("url", url)
                .put("urls", urls)
                .put("credentials", credentials)
                .put("user", user);
        if (tls != null) {
            tls.write(node.putObject("tls"));
        }
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends ApiDescriptor<LabCluster> {
        public DescriptorImpl() {
            super("clusters", "pve");
        }

        @Override
        public String getDisplayName() {
            return Words.text("cluster");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckName(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.name(item, value, "clusters");
        }

        /** What an API can be spoken to with; to who may not configure, only the present choice. */
        @RequirePOST
        public ListBoxModel doFillCredentialsItems(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String credentials) {
            return CredentialsChoice.ofApi(item, credentials);
        }

        @Override
        public LabCluster newInstance(@Nullable StaplerRequest2 request, JSONObject form) throws FormException {
            return super.newInstance(request, FormLists.split(form, "urls"));
        }
    }
}
