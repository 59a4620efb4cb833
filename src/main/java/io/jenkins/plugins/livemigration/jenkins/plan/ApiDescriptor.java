package io.jenkins.plugins.livemigration.jenkins.plan;

import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * What the forms have in common that say how a cluster's API is reached.
 *
 * @param <T> what the form describes
 */
public abstract class ApiDescriptor<T extends Describable<T>> extends Descriptor<T> {
    private final String part;
    private final String name;

    /** The keys stand below this name in this part of the plan. */
    protected ApiDescriptor(String part, String name) {
        this.part = part;
        this.name = name;
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckUrl(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.text(item, value, part, name, "url");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckUrls(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.texts(item, value, part, name, "urls");
    }

    /** What the engine would say. */
    @RequirePOST
    public FormValidation doCheckUser(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
        return FieldCheck.text(item, value, part, name, "user");
    }

    /** A list as the form shows it: one a line. */
    public String textOf(@Nullable List<String> names) {
        return FormLists.text(names);
    }
}
