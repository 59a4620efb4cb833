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

/** An item of the plan's {@code scenarios}: a named variation; what it does not say it has from the plan. */
public final class ScenarioParameter extends AbstractDescribableImpl<ScenarioParameter> {
    private final @Nullable String name;
    private @Nullable DriverParameter driver;
    private @Nullable WorkloadParameter workload;
    private @Nullable CommandParameter returnBy;
    private @Nullable List<ProbeParameter> probes;
    private @Nullable StateParameter state;

    @DataBoundConstructor
    public ScenarioParameter(@Nullable String name) {
        this.name = PlanPart.given(name);
    }

    public @Nullable String getName() {
        return name;
    }

    public @Nullable DriverParameter getDriver() {
        return driver;
    }

    /** What differs in the driver; not which one it is. */
    @DataBoundSetter
    public void setDriver(@Nullable DriverParameter driver) {
        this.driver = driver;
    }

    public @Nullable WorkloadParameter getWorkload() {
        return workload;
    }

    /** How its workload is started and stopped. */
    @DataBoundSetter
    public void setWorkload(@Nullable WorkloadParameter workload) {
        this.workload = workload;
    }

    public @Nullable CommandParameter getReturnBy() {
        return returnBy;
    }

    /** What brings its workload back. */
    @DataBoundSetter
    public void setReturnBy(@Nullable CommandParameter returnBy) {
        this.returnBy = returnBy;
    }

    public @Nullable List<ProbeParameter> getProbes() {
        return probes;
    }

    /** What watches it, in place of the plan's. */
    @DataBoundSetter
    public void setProbes(@Nullable List<ProbeParameter> probes) {
        this.probes = PlanPart.given(probes);
    }

    public @Nullable StateParameter getState() {
        return state;
    }

    /** Its value that has to continue. */
    @DataBoundSetter
    public void setState(@Nullable StateParameter state) {
        this.state = state;
    }

    /** Writes it into the plan. */
    public void write(ObjectNode node) {
        new PlanPart(node).put("name", name);
        if (driver != null) {
            driver.writeDriver(node.putObject("driver"));
        }
        if (workload != null) {
            workload.write(node.putObject("workload"));
        }
        if (returnBy != null) {
            returnBy.write(node.putObject("returnBy"));
        }
        if (probes != null) {
            ArrayNode list = node.putArray("probes");
            probes.forEach(probe -> probe.writeItem(list.addObject()));
        }
        if (state != null) {
            state.write(node.putObject("state"));
        }
    }

    /** Makes it known to forms and scripts. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ScenarioParameter> {
        @Override
        public String getDisplayName() {
            return Words.text("scenario");
        }

        /** What the engine would say. */
        @RequirePOST
        public FormValidation doCheckName(@AncestorInPath @Nullable Item item, @QueryParameter @Nullable String value) {
            return FieldCheck.text(item, value, "name");
        }
    }
}
