package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.config.LabHost;
import io.jenkins.plugins.livemigration.jenkins.plan.DriverParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.PlanPart;
import io.jenkins.plugins.livemigration.jenkins.plan.ProbeParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.ThresholdParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.WindowParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** {@code liveMigrationBenchmark(...)}: runs a benchmark on the agent, publishes its results and lets them gate. */
public final class LiveMigrationBenchmarkStep extends Step {
    private @Nullable String name;
    private @Nullable Integer samples;
    private @Nullable Integer warmup;
    private @Nullable String directions;
    private @Nullable String pause;
    private @Nullable Boolean freshStart;
    private @Nullable String sampleTimeout;
    private @Nullable Integer stopAfterFailures;
    private @Nullable List<LabHost> hosts;
    private @Nullable DriverParameter driver;
    private @Nullable WindowParameter window;
    private @Nullable List<ProbeParameter> probes;
    private @Nullable List<ThresholdParameter> thresholds;
    private final Conduct conduct = new Conduct();

    @DataBoundConstructor
    public LiveMigrationBenchmarkStep() {}

    public @Nullable String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@Nullable String name) {
        this.name = PlanPart.given(name);
    }

    public @Nullable Integer getSamples() {
        return samples;
    }

    @DataBoundSetter
    public void setSamples(@Nullable Integer samples) {
        this.samples = samples;
    }

    public @Nullable Integer getWarmup() {
        return warmup;
    }

    @DataBoundSetter
    public void setWarmup(@Nullable Integer warmup) {
        this.warmup = warmup;
    }

    public @Nullable String getDirections() {
        return directions;
    }

    @DataBoundSetter
    public void setDirections(@Nullable String directions) {
        this.directions = PlanPart.given(directions);
    }

    public @Nullable String getPause() {
        return pause;
    }

    @DataBoundSetter
    public void setPause(@Nullable String pause) {
        this.pause = PlanPart.given(pause);
    }

    public @Nullable Boolean getFreshStart() {
        return freshStart;
    }

    @DataBoundSetter
    public void setFreshStart(@Nullable Boolean freshStart) {
        this.freshStart = Boolean.TRUE.equals(freshStart) ? true : null;
    }

    public @Nullable String getSampleTimeout() {
        return sampleTimeout;
    }

    @DataBoundSetter
    public void setSampleTimeout(@Nullable String sampleTimeout) {
        this.sampleTimeout = PlanPart.given(sampleTimeout);
    }

    public @Nullable Integer getStopAfterFailures() {
        return stopAfterFailures;
    }

    @DataBoundSetter
    public void setStopAfterFailures(@Nullable Integer stopAfterFailures) {
        this.stopAfterFailures = stopAfterFailures;
    }

    public @Nullable List<LabHost> getHosts() {
        return hosts;
    }

    @DataBoundSetter
    public void setHosts(@Nullable List<LabHost> hosts) {
        this.hosts = hosts == null || hosts.isEmpty() ? null : new ArrayList<>(hosts);
    }

    public @Nullable DriverParameter getDriver() {
        return driver;
    }

    @DataBoundSetter
    public void setDriver(@Nullable DriverParameter driver) {
        this.driver = driver;
    }

    public @Nullable WindowParameter getWindow() {
        return window;
    }

    @DataBoundSetter
    public void setWindow(@Nullable WindowParameter window) {
        this.window = window;
    }

    public @Nullable List<ProbeParameter> getProbes() {
        return probes;
    }

    @DataBoundSetter
    public void setProbes(@Nullable List<ProbeParameter> probes) {
        this.probes = probes == null || probes.isEmpty() ? null : new ArrayList<>(probes);
    }

    public @Nullable List<ThresholdParameter> getThresholds() {
        return thresholds;
    }

    @DataBoundSetter
    public void setThresholds(@Nullable List<ThresholdParameter> thresholds) {
        this.thresholds = thresholds == null || thresholds.isEmpty() ? null : new ArrayList<>(thresholds);
    }

    /** A plan as YAML text, on which the parameters are laid. */
    public @Nullable String getPlan() {
        return conduct.getPlan();
    }

    @DataBoundSetter
    public void setPlan(@Nullable String plan) {
        conduct.setPlan(plan);
    }

    /** A plan in the workspace, on which the parameters are laid. */
    public @Nullable String getPlanFile() {
        return conduct.getPlanFile();
    }

    @DataBoundSetter
    public void setPlanFile(@Nullable String planFile) {
        conduct.setPlanFile(planFile);
    }

    /** The migration lab whose hosts are used. */
    public @Nullable String getLab() {
        return conduct.getLab();
    }

    @DataBoundSetter
    public void setLab(@Nullable String lab) {
        conduct.setLab(lab);
    }

    /** The job whose builds this one is compared with. */
    public @Nullable String getBaselineJob() {
        return conduct.getBaselineJob();
    }

    @DataBoundSetter
    public void setBaselineJob(@Nullable String baselineJob) {
        conduct.setBaselineJob(baselineJob);
    }

    /** What the verdict decides. */
    public @Nullable String getGate() {
        return conduct.getGate();
    }

    @DataBoundSetter
    public void setGate(@Nullable String gate) {
        conduct.setGate(gate);
    }

    /** What an inconclusive verdict counts as. */
    public @Nullable String getInconclusive() {
        return conduct.getInconclusive();
    }

    @DataBoundSetter
    public void setInconclusive(@Nullable String inconclusive) {
        conduct.setInconclusive(inconclusive);
    }

    /** How long the engine goes on without hearing from Jenkins. */
    public @Nullable String getAbandonAfter() {
        return conduct.getAbandonAfter();
    }

    @DataBoundSetter
    public void setAbandonAfter(@Nullable String abandonAfter) {
        conduct.setAbandonAfter(abandonAfter);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BenchmarkStepExecution(context, conduct.request(parameters()));
    }

    /** The parameters in the plan's keys. */
    ObjectNode parameters() {
        ObjectNode plan = JsonNodeFactory.instance.objectNode();
        new PlanPart(plan)
                .put("name", name)
                .put("samples", samples)
                .put("warmup", warmup)
                .put("directions", directions)
                .put("pause", pause)
                .put("freshStart", freshStart)
                .put("sampleTimeout", sampleTimeout)
                .put("stopAfterFailures", stopAfterFailures);
        if (hosts != null && !hosts.isEmpty()) {
            ObjectNode described = plan.putObject("hosts");
            hosts.forEach(host -> host.write(described));
        }
        if (driver != null) {
            driver.writeDriver(plan.putObject("driver"));
        }
        if (window != null) {
            window.write(plan.putObject("window"));
        }
        if (probes != null && !probes.isEmpty()) {
            ArrayNode list = plan.putArray("probes");
            probes.forEach(probe -> probe.writeItem(list.addObject()));
        }
        if (thresholds != null && !thresholds.isEmpty()) {
            ArrayNode list = plan.putArray("thresholds");
            thresholds.forEach(threshold -> threshold.write(list.addObject()));
        }
        return plan;
    }

    /** Makes it known to Pipeline. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "liveMigrationBenchmark";
        }

        @Override
        public String getDisplayName() {
            return Words.text("step.name");
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class, EnvVars.class, FlowNode.class);
        }

        /** What a verdict may decide. */
        @RequirePOST
        public ListBoxModel doFillGateItems(@AncestorInPath @Nullable Item item) {
            return FormChoices.gates(item);
        }

        /** What an inconclusive verdict may count as. */
        @RequirePOST
        public ListBoxModel doFillInconclusiveItems(@AncestorInPath @Nullable Item item) {
            return FormChoices.colours(item);
        }
    }
}
