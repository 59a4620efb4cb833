package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.List;
import net.sf.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The plan's {@code tls}: how an API's certificate is verified. One of the three. */
public final class TlsParameter extends AbstractDescribableImpl<TlsParameter> {
    private @Nullable String ca;
    private @Nullable List<String> fingerprints;
    private @Nullable ReasonParameter insecure;

    @DataBoundConstructor
    public TlsParameter() {}

    public @Nullable String getCa() {
        return ca;
    }

    /** By the authority in this PEM file, on the agent. */
    @DataBoundSetter
    public void setCa(@Nullable String ca) {
        this.ca = PlanPart.given(ca);
    }

    public @Nullable List<String> getFingerprints() {
        return fingerprints;
    }

    /** It is one of these. */
    @DataBoundSetter
    public void setFingerprints(@Nullable List<String> fingerprints) {
        this.fingerprints = PlanPart.given(fingerprints);
    }

    public @Nullable ReasonParameter getInsecure() {
        return insecure;
    }

    /** Not at all, for this reason. */
    @DataBoundSetter
    public void setInsecure(@Nullable ReasonParameter insecure) {
        this.insecure = insecure;
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node).put("ca", ca).put("fingerprints", fingerprints);
        if (insecure != null) {
            insecure.write(node.putObject("insecure"));
        }
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<TlsParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("tls");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckFingerprints(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.texts(item, value, "clusters", "pve", "tls", "fingerprints");
        }

        /** A list as the form shows it: one a line. */
        public String textOf(@Nullable List<String> names) {
            return FormLists.text(names);
        }

        @Override
        public TlsParameter newInstance(@Nullable StaplerRequest2 request, JSONObject form) throws FormException {
            return super.newInstance(request, FormLists.split(form, "fingerprints"));
        }
    }
}
