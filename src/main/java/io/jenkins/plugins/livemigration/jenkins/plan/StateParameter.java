package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
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

/** The plan's {@code state}: a value of the workload's own, read before and after each move. */
public final class StateParameter extends AbstractDescribableImpl<StateParameter> {
    private @Nullable String http;
    private @Nullable CommandParameter command;
    private @Nullable String extract;
    private @Nullable String expect;
    private @Nullable String timeout;

    @DataBoundConstructor
    public StateParameter() {}

    public @Nullable String getHttp() {
        return http;
    }

    /** The body of a GET is its source; or */
    @DataBoundSetter
    public void setHttp(@Nullable String http) {
        this.http = PlanPart.given(http);
    }

    public @Nullable CommandParameter getCommand() {
        return command;
    }

    /** the output of a command. */
    @DataBoundSetter
    public void setCommand(@Nullable CommandParameter command) {
        this.command = command;
    }

    public @Nullable String getExtract() {
        return extract;
    }

    /** A regular expression: its first group, or whole match, is the value. */
    @DataBoundSetter
    public void setExtract(@Nullable String extract) {
        this.extract = PlanPart.given(extract);
    }

    public @Nullable String getExpect() {
        return expect;
    }

    /** {@code equal} or {@code monotonic}. */
    @DataBoundSetter
    public void setExpect(@Nullable String expect) {
        this.expect = PlanPart.given(expect);
    }

    public @Nullable String getTimeout() {
        return timeout;
    }

    /** How long reading may take. */
    @DataBoundSetter
    public void setTimeout(@Nullable String timeout) {
        this.timeout = PlanPart.given(timeout);
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node)
                .put("http", http)
                .put("extract", extract)
                .put("expect", expect)
                .put("timeout", timeout);
        if (command != null) {
            command.write(node.putObject("command"));
        }
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<StateParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("state");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckHttp(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "state", "http");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckExtract(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "state", "extract");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckTimeout(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "state", "timeout");
        }
    }
}
