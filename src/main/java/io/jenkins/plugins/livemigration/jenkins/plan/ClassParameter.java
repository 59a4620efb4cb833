package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.livemigration.jenkins.Words;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A class of a metric's categories. */
public final class ClassParameter extends AbstractDescribableImpl<ClassParameter> {
    private final @Nullable String name;
    private @Nullable String below;

    @DataBoundConstructor
    public ClassParameter(@Nullable String name) {
        this.name = PlanPart.given(name);
    }

    public @Nullable String getName() {
        return name;
    }

    public @Nullable String getBelow() {
        return below;
    }

    /** Its upper edge, which belongs to the next; the last class has none. */
    @DataBoundSetter
    public void setBelow(@Nullable String below) {
        this.below = PlanPart.given(below);
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node).put("name", name).put("below", below);
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ClassParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("class");
        }
    }
}
