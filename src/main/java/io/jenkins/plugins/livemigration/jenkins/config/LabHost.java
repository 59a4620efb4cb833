package io.jenkins.plugins.livemigration.jenkins.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.plan.CredentialsChoice;
import io.jenkins.plugins.livemigration.jenkins.plan.FieldCheck;
import io.jenkins.plugins.livemigration.jenkins.plan.PlanPart;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A host of the plan's {@code hosts}: of a lab, or given in a step. */
public final class LabHost extends AbstractDescribableImpl<LabHost> {
    private final String name;
    private @Nullable String address;
    private @Nullable Integer port;
    private @Nullable String user;
    private @Nullable String credentials;
    private @Nullable String hostKey;
    private @Nullable String knownHosts;
    private @Nullable Boolean insecure;
    private @Nullable String jump;
    private @Nullable String connectTimeout;
    private @Nullable String keepAlive;

    @DataBoundConstructor
    public LabHost(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    public @Nullable String getAddress() {
        return address;
    }

    @DataBoundSetter
    public void setAddress(@Nullable String address) {
        this.address = PlanPart.given(address);
    }

    public @Nullable Integer getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(@Nullable Integer port) {
        this.port = port;
    }

    public @Nullable String getUser() {
        return user;
    }

    @DataBoundSetter
    public void setUser(@Nullable String user) {
        this.user = PlanPart.given(user);
    }

    public @Nullable String getCredentials() {
        return credentials;
    }

    @DataBoundSetter
    public void setCredentials(@Nullable String credentials) {
        this.credentials = PlanPart.given(credentials);
    }

    public @Nullable String getHostKey() {
        return hostKey;
    }

    @DataBoundSetter
    public void setHostKey(@Nullable String hostKey) {
        this.hostKey = PlanPart.given(hostKey);
    }

    public @Nullable String getKnownHosts() {
        return knownHosts;
    }

    @DataBoundSetter
    public void setKnownHosts(@Nullable String knownHosts) {
        this.knownHosts = PlanPart.given(knownHosts);
    }

    public @Nullable Boolean getInsecure() {
        return insecure;
    }

    @DataBoundSetter
    public void setInsecure(@Nullable Boolean insecure) {
        this.insecure = Boolean.TRUE.equals(insecure) ? true : null;
    }

    public @Nullable String getJump() {
        return jump;
    }

    @DataBoundSetter
    public void setJump(@Nullable String jump) {
        this.jump = PlanPart.given(jump);
    }

    public @Nullable String getConnectTimeout() {
        return connectTimeout;
    }

    @DataBoundSetter
    public void setConnectTimeout(@Nullable String connectTimeout) {
        this.connectTimeout = PlanPart.given(connectTimeout);
    }

    public @Nullable String getKeepAlive() {
        return keepAlive;
    }

    @DataBoundSetter
    public void setKeepAlive(@Nullable String keepAlive) {
        this.keepAlive = PlanPart.given(keepAlive);
    }

    /** Writes it into the plan's {@code hosts}. */
    public void write(ObjectNode hosts) {
        new PlanPart(PlanPart.named(hosts, name))
                .put("address", address)
                .put("port", port)
                .put("user", user)
                .put("credentials", credentials)
                .put("hostKey", hostKey)
                .put("knownHosts", knownHosts)
                .put("insecure", insecure)
                .put("jump", jump)
                .put("connectTimeout", connectTimeout)
                .put("keepAlive", keepAlive);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<LabHost> {
        @Override
        public String getDisplayName() {
            return Words.text("host");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckName(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.name(item, value, "hosts");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckAddress(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "hosts", "host-a", "address");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckPort(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.whole(item, value, "hosts", "host-a", "port");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckUser(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "hosts", "host-a", "user");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckHostKey(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "hosts", "host-a", "hostKey");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckConnectTimeout(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "hosts", "host-a", "connectTimeout");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckKeepAlive(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "hosts", "host-a", "keepAlive");
        }

        /** The credentials that a host can be reached with; to who may not configure, only the present choice. */
        @RequirePOST
        public ListBoxModel doFillCredentialsItems(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String credentials) {
            return CredentialsChoice.ofHost(item, credentials);
        }
    }
}
