package io.jenkins.plugins.livemigration.jenkins.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Hosts between which workloads are moved, with the credentials to reach them, and the jobs that may use them. Having
 * Job/Configure is not enough: an administrator names the jobs or folders here.
 */
public final class MigrationLab extends AbstractDescribableImpl<MigrationLab> {
    private final String name;
    private @Nullable String label;
    private @Nullable List<LabHost> hosts;
    private @Nullable List<LabCluster> clusters;
    private @Nullable String allowedItems;

    /**
     * A lab that allows nobody.
     *
     * @throws IllegalArgumentException if there is no name, as configuration as code may leave it out
     */
    @DataBoundConstructor
    public MigrationLab(@Nullable String name) {
        if (name == null) {
            throw new IllegalArgumentException(Words.text("lab.needsName"));
        }
        this.name = name;
    }

    public String getName() {
        return name;
    }

    /** The label of the agents that reach the lab; a step on another agent is refused. Absent if any will do. */
    public @Nullable String getLabel() {
        return label;
    }

    @DataBoundSetter
    public void setLabel(@Nullable String label) {
        this.label = Util.fixEmptyAndTrim(label);
    }

    public List<LabHost> getHosts() {
        return hosts == null ? List.of() : List.copyOf(hosts);
    }

    @DataBoundSetter
    public void setHosts(@Nullable List<LabHost> hosts) {
        this.hosts = hosts == null ? null : new ArrayList<>(hosts);
    }

    public List<LabCluster> getClusters() {
        return clusters == null ? List.of() : List.copyOf(clusters);
    }

    @DataBoundSetter
    public void setClusters(@Nullable List<LabCluster> clusters) {
        this.clusters = clusters == null ? null : new ArrayList<>(clusters);
    }

    /** Jobs and folders that may use the lab, one pattern a line. Absent: none may. */
    public @Nullable String getAllowedItems() {
        return allowedItems;
    }

    @DataBoundSetter
    public void setAllowedItems(@Nullable String allowedItems) {
        this.allowedItems = Util.fixEmptyAndTrim(allowedItems);
    }

    /** Whether a job may use it. */
    public boolean allows(String fullName) {
        return ItemPatterns.match(allowedItems == null ? "" : allowedItems, fullName);
    }

    /** What it says in a plan's keys: {@code hosts} and {@code clusters}. */
    public ObjectNode partOfPlan() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode described = node.putObject("hosts");
        getHosts().forEach(host -> host.write(described));
        ObjectNode reached = node.putObject("clusters");
        getClusters().forEach(cluster -> cluster.write(reached));
        return node;
    }

    /** Makes it known to forms, and checks what they say. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<MigrationLab> {
        @Override
        public String getDisplayName() {
            return Words.text("lab");
        }

        /** A lab without a name cannot be referred to. */
        @RequirePOST
        public FormValidation doCheckName(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            if (!mayConfigure(item)) {
                return FormValidation.ok();
            }
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Words.text("lab.needsName"))
                    : FormValidation.ok();
        }

        /** Nobody named: nobody may use it. */
        @RequirePOST
        public FormValidation doCheckAllowedItems(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            if (!mayConfigure(item)) {
                return FormValidation.ok();
            }
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.warning(Words.text("lab.nobodyMayUse"))
                    : FormValidation.ok();
        }

        /**
         * Test connection: runs {@code check} on an agent of the lab. The lab is the saved one of that name, so that nobody
         * can have a stored credential sent to a host that was only typed in.
         */
        @RequirePOST
        public FormValidation doTestConnection(@AncestorInPath @Nullable Item item, @QueryParameter String name)
                throws InterruptedException {
            if (!mayConfigure(item)) {
                return FormValidation.error(Words.text("lab.mayNotTest"));
            }
            Optional<LabSource.Defined> lab = Labs.defined(name, item);
            if (lab.isEmpty()) {
                return FormValidation.warning(Words.text("lab.saveFirst"));
            }
            try {
                return shown(ExtensionList.lookupSingleton(LabTester.class)
                        .test(lab.get().lab(), lab.get().home()));
            } catch (IOException failed) {
                return FormValidation.error(String.valueOf(failed.getMessage()));
            }
        }

        /** Escaped, with a line for each. */
        private static FormValidation shown(LabTester.Found found) {
            String lines = Util.escape(found.text().strip());
            return switch (found.outcome()) {
                case OK -> FormValidation.okWithMarkup(lines);
                case WARNING -> FormValidation.warningWithMarkup(lines);
                case ERROR -> FormValidation.errorWithMarkup(lines);
            };
        }

        private static boolean mayConfigure(@Nullable Item item) {
            return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
        }
    }
}
