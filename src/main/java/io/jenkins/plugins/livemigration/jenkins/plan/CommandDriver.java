package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.RelativePath;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The plan's {@code driver.command}: commands of your own move the workload. */
public final class CommandDriver extends HostDriver {
    private final String on;
    private final String migrate;
    private final String locate;
    private @Nullable String recover;
    private @Nullable String cancel;
    private @Nullable String timeout;

    @DataBoundConstructor
    public CommandDriver(String from, String to, String on, String migrate, String locate) {
        super(from, to);
        this.on = on;
        this.migrate = migrate;
        this.locate = locate;
    }

    public String getOn() {
        return on;
    }

    public String getMigrate() {
        return migrate;
    }

    public String getLocate() {
        return locate;
    }

    public @Nullable String getRecover() {
        return recover;
    }

    @DataBoundSetter
    public void setRecover(@Nullable String recover) {
        this.recover = PlanPart.given(recover);
    }

    public @Nullable String getCancel() {
        return cancel;
    }

    @DataBoundSetter
    public void setCancel(@Nullable String cancel) {
        this.cancel = PlanPart.given(cancel);
    }

    public @Nullable String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(@Nullable String timeout) {
        this.timeout = PlanPart.given(timeout);
    }

    @Override
    String key() {
        return "command";
    }

    @Override
    void write(ObjectNode node) {
        new PlanPart(node)
                .put("from", getFrom())
                .put("to", getTo())
                .put("on", on)
                .put("migrate", migrate)
                .put("locate", locate)
                .put("recover", recover)
                .put("cancel", cancel)
                .put("timeout", timeout);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    @Symbol("command")
    public static final class DescriptorImpl extends HostDriverDescriptor {
        @Override
        public String getDisplayName() {
            return Words.text("driver.command");
        }

        /** What the engine would say, and whether the lab describes the host. */
        @RequirePOST
        public FormValidation doCheckOn(
                @AncestorInPath @Nullable Item item,
                @QueryParameter @Nullable String value,
                @RelativePath("..") @QueryParameter("lab") @Nullable String lab,
                @RelativePath("../..") @QueryParameter("lab") @Nullable String labOfStep) {
            return FieldCheck.host(item, value, lab);
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckTimeout(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "driver", "command", "timeout");
        }
    }
}
