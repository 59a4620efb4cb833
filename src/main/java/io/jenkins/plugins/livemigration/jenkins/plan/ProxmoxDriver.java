package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.ArrayList;
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

/** The plan's {@code driver.proxmox}: a guest of a Proxmox VE cluster. {@code credentialsId} is its {@code credentials}. */
public final class ProxmoxDriver extends DriverParameter {
    private final @Nullable Integer vmid;
    private final @Nullable String to;
    private @Nullable String cluster;
    private @Nullable String url;
    private @Nullable List<String> urls;
    private @Nullable String ssh;
    private @Nullable String credentialsId;
    private @Nullable String user;
    private @Nullable TlsParameter tls;
    private @Nullable String kind;
    private @Nullable String from;
    private @Nullable Boolean withLocalDisks;
    private @Nullable String targetStorage;
    private @Nullable Integer bwlimitKiB;
    private @Nullable String migrationNetwork;
    private @Nullable ReasonParameter force;
    private @Nullable ReasonParameter insecureTransport;
    private @Nullable Boolean conntrackState;
    private @Nullable String shutdownTimeout;

    @DataBoundConstructor
    public ProxmoxDriver(@Nullable Integer vmid, @Nullable String to) {
        this.vmid = vmid;
        this.to = PlanPart.given(to);
    }

    public @Nullable Integer getVmid() {
        return vmid;
    }

    public @Nullable String getTo() {
        return to;
    }

    public @Nullable String getCluster() {
        return cluster;
    }

    /** A cluster of the plan or the lab. */
    @DataBoundSetter
    public void setCluster(@Nullable String cluster) {
        this.cluster = PlanPart.given(cluster);
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
        this.urls = urls == null || urls.isEmpty() ? null : new ArrayList<>(urls);
    }

    public @Nullable String getSsh() {
        return ssh;
    }

    /** A host of the plan or the lab that is a node, in place of the API. */
    @DataBoundSetter
    public void setSsh(@Nullable String ssh) {
        this.ssh = PlanPart.given(ssh);
    }

    public @Nullable String getCredentialsId() {
        return credentialsId;
    }

    /** The API's token, or a user name with password. */
    @DataBoundSetter
    public void setCredentialsId(@Nullable String credentialsId) {
        this.credentialsId = PlanPart.given(credentialsId);
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

    public @Nullable String getKind() {
        return kind;
    }

    /** {@code qemu} or {@code lxc}. */
    @DataBoundSetter
    public void setKind(@Nullable String kind) {
        this.kind = PlanPart.given(kind);
    }

    public @Nullable String getFrom() {
        return from;
    }

    /** The node on which the guest is found at the start. */
    @DataBoundSetter
    public void setFrom(@Nullable String from) {
        this.from = PlanPart.given(from);
    }

    public @Nullable Boolean getWithLocalDisks() {
        return withLocalDisks;
    }

    /** Whether disks that only one node has are mirrored. */
    @DataBoundSetter
    public void setWithLocalDisks(@Nullable Boolean withLocalDisks) {
        this.withLocalDisks = withLocalDisks;
    }

    public @Nullable String getTargetStorage() {
        return targetStorage;
    }

    /** Where local disks go. */
    @DataBoundSetter
    public void setTargetStorage(@Nullable String targetStorage) {
        this.targetStorage = PlanPart.given(targetStorage);
    }

    public @Nullable Integer getBwlimitKiB() {
        return bwlimitKiB;
    }

    /** KiB/s. */
    @DataBoundSetter
    public void setBwlimitKiB(@Nullable Integer bwlimitKiB) {
        this.bwlimitKiB = bwlimitKiB;
    }

    public @Nullable String getMigrationNetwork() {
        return migrationNetwork;
    }

    /** The traffic's, as CIDR. */
    @DataBoundSetter
    public void setMigrationNetwork(@Nullable String migrationNetwork) {
        this.migrationNetwork = PlanPart.given(migrationNetwork);
    }

    public @Nullable ReasonParameter getForce() {
        return force;
    }

    /** Skips the checks of local devices and replication, for this reason. */
    @DataBoundSetter
    public void setForce(@Nullable ReasonParameter force) {
        this.force = force;
    }

    public @Nullable ReasonParameter getInsecureTransport() {
        return insecureTransport;
    }

    /** The guest's memory travels in clear, for this reason. */
    @DataBoundSetter
    public void setInsecureTransport(@Nullable ReasonParameter insecureTransport) {
        this.insecureTransport = insecureTransport;
    }

    public @Nullable Boolean getConntrackState() {
        return conntrackState;
    }

    /** Whether the host firewall's connections travel along. */
    @DataBoundSetter
    public void setConntrackState(@Nullable Boolean conntrackState) {
        this.conntrackState = conntrackState;
    }

    public @Nullable String getShutdownTimeout() {
        return shutdownTimeout;
    }

    /** For containers. */
    @DataBoundSetter
    public void setShutdownTimeout(@Nullable String shutdownTimeout) {
        this.shutdownTimeout = PlanPart.given(shutdownTimeout);
    }

    @Override
    String key() {
        return "proxmox";
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node)
                .put("cluster", cluster)
                .put("url", url)
                .put("urls", urls)
                .put("ssh", ssh)
                .put("credentials", credentialsId)
                .put("user", user)
                .put("vmid", vmid)
                .put("kind", kind)
                .put("from", from)
                .put("to", to)
                .put("withLocalDisks", withLocalDisks)
                .put("targetStorage", targetStorage)
                .put("bwlimitKiB", bwlimitKiB)
                .put("migrationNetwork", migrationNetwork)
                .put("conntrackState", conntrackState)
                .put("shutdownTimeout", shutdownTimeout);
        if (tls != null) {
            tls.write(node.putObject("tls"));
        }
        if (force != null) {
            force.write(node.putObject("force"));
        }
        if (insecureTransport != null) {
            insecureTransport.write(node.putObject("insecureTransport"));
        }
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("proxmox")
    public static final class DescriptorImpl extends Descriptor<DriverParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("driver.proxmox");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckUrl(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "driver", "proxmox", "url");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckUrls(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.texts(item, value, "driver", "proxmox", "urls");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckCluster(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.name(item, value, "clusters");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckSsh(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.name(item, value, "hosts");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckUser(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "driver", "proxmox", "user");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckVmid(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.whole(item, value, "driver", "proxmox", "vmid");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckFrom(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "driver", "proxmox", "from");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckTo(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "driver", "proxmox", "to");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckTargetStorage(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "driver", "proxmox", "targetStorage");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckBwlimitKiB(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.whole(item, value, "driver", "proxmox", "bwlimitKiB");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckMigrationNetwork(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "driver", "proxmox", "migrationNetwork");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckShutdownTimeout(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "driver", "proxmox", "shutdownTimeout");
        }

        /** A list as the form shows it: one a line. */
        public String textOf(@Nullable List<String> names) {
            return FormLists.text(names);
        }

        /** What an API can be spoken to with; to who may not configure, only the present choice. */
        @RequirePOST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String credentialsId) {
            return CredentialsChoice.ofApi(item, credentialsId);
        }

        @Override
        public DriverParameter newInstance(@Nullable StaplerRequest2 request, JSONObject form) throws FormException {
            return super.newInstance(
                    request, FormLists.withoutEmpty(FormLists.split(form, "urls"), "withLocalDisks", "conntrackState"));
        }
    }
}
