package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
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
public final class ProxmoxDriver extends ClusterDriver {
    private final @Nullable Integer vmid;
    private final @Nullable String to;
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
        super.write(node);
        new PlanPart(node)
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
    public static final class DescriptorImpl extends ClusterDriverDescriptor {
        public DescriptorImpl() {
            super("proxmox");
        }

        @Override
        public String getDisplayName() {
            return Words.text("driver.proxmox");
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

        @Override
        public DriverParameter newInstance(@Nullable StaplerRequest2 request, JSONObject form) throws FormException {
            return super.newInstance(
                    request, FormLists.withoutEmpty(FormLists.split(form, "urls"), "withLocalDisks", "conntrackState"));
        }
    }
}
