package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** An entry of the plan's {@code categories}: how a metric's figures are called. */
public final class CategoryParameter extends AbstractDescribableImpl<CategoryParameter> {
    private final @Nullable String metric;
    private @Nullable List<ClassParameter> classes;
    private @Nullable String table;
    private @Nullable String available;
    private @Nullable String source;

    @DataBoundConstructor
    public CategoryParameter(@Nullable String metric) {
        this.metric = PlanPart.given(metric);
    }

    public @Nullable String getMetric() {
        return metric;
    }

    public @Nullable List<ClassParameter> getClasses() {
        return classes;
    }

    /** In ascending order; or */
    @DataBoundSetter
    public void setClasses(@Nullable List<ClassParameter> classes) {
        this.classes = PlanPart.given(classes);
    }

    public @Nullable String getTable() {
        return table;
    }

    /** a published table. */
    @DataBoundSetter
    public void setTable(@Nullable String table) {
        this.table = PlanPart.given(table);
    }

    public @Nullable String getAvailable() {
        return available;
    }

    /** Of what a table takes percentages. */
    @DataBoundSetter
    public void setAvailable(@Nullable String available) {
        this.available = PlanPart.given(available);
    }

    public @Nullable String getSource() {
        return source;
    }

    /** Where the classes come from. */
    @DataBoundSetter
    public void setSource(@Nullable String source) {
        this.source = PlanPart.given(source);
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node).put("table", table).put("available", available).put("source", source);
        if (classes != null) {
            ArrayNode list = node.putArray("classes");
            classes.forEach(item -> item.write(list.addObject()));
        }
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<CategoryParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("category");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckMetric(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.metric(item, value);
        }
    }
}
