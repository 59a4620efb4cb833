package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.config.LabCluster;
import io.jenkins.plugins.livemigration.jenkins.config.LabHost;
import io.jenkins.plugins.livemigration.jenkins.plan.CategoryParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.DriverParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.PlanPart;
import io.jenkins.plugins.livemigration.jenkins.plan.ProbeParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.RegressionParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.ScenarioParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.StateParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.ThresholdParameter;
import io.jenkins.plugins.livemigration.jenkins.plan.WorkloadParameter;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code liveMigrationBenchmark(...)}: runs a benchmark on the agent, publishes its results and lets them gate. */
public final class LiveMigrationBenchmarkStep extends RunStep {
    private @Nullable List<LabHost> hosts;
    private @Nullable DriverParameter driver;
    private @Nullable List<ProbeParameter> probes;
    private @Nullable List<ThresholdParameter> thresholds;
    private @Nullable List<LabCluster> clusters;
    private @Nullable WorkloadParameter workload;
    private @Nullable List<ScenarioParameter> scenarios;
    private @Nullable StateParameter state;
    private @Nullable RegressionParameter regression;
    private @Nullable List<CategoryParameter> categories;

    @DataBoundConstructor
    public LiveMigrationBenchmarkStep() {}

    public @Nullable List<LabHost> getHosts() {
        return hosts;
    }

    @DataBoundSetter
    public void setHosts(@Nullable List<LabHost> hosts) {
        this.hosts = PlanPart.given(hosts);
    }

    public @Nullable DriverParameter getDriver() {
        return driver;
    }

    @DataBoundSetter
    public void setDriver(@Nullable DriverParameter driver) {
        this.driver = driver;
    }

    public @Nullable List<ProbeParameter> getProbes() {
        return probes;
    }

    @DataBoundSetter
    public void setProbes(@Nullable List<ProbeParameter> probes) {
        this.probes = PlanPart.given(probes);
    }

    public @Nullable List<ThresholdParameter> getThresholds() {
        return thresholds;
    }

    @DataBoundSetter
    public void setThresholds(@Nullable List<ThresholdParameter> thresholds) {
        this.thresholds = PlanPart.given(thresholds);
    }

    public @Nullable List<LabCluster> getClusters() {
        return clusters;
    }

    @DataBoundSetter
    public void setClusters(@Nullable List<LabCluster> clusters) {
        this.clusters = PlanPart.given(clusters);
    }

    public @Nullable WorkloadParameter getWorkload() {
        return workload;
    }

    @DataBoundSetter
    public void setWorkload(@Nullable WorkloadParameter workload) {
        this.workload = workload;
    }

    public @Nullable List<ScenarioParameter> getScenarios() {
        return scenarios;
    }

    @DataBoundSetter
    public void setScenarios(@Nullable List<ScenarioParameter> scenarios) {
        this.scenarios = PlanPart.given(scenarios);
    }

    public @Nullable StateParameter getState() {
        return state;
    }

    @DataBoundSetter
    public void setState(@Nullable StateParameter state) {
        this.state = state;
    }

    public @Nullable RegressionParameter getRegression() {
        return regression;
    }

    @DataBoundSetter
    public void setRegression(@Nullable RegressionParameter regression) {
        this.regression = regression;
    }

    public @Nullable List<CategoryParameter> getCategories() {
        return categories;
    }

    @DataBoundSetter
    public void setCategories(@Nullable List<CategoryParameter> categories) {
        this.categories = PlanPart.given(categories);
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        return new BenchmarkStepExecution(context, request());
    }

    /**
     * What is asked for.
     *
     * @throws AbortException if it cannot even be asked; says why
     */
    BenchmarkRequest request() throws AbortException {
        try {
            return request(parameters());
        } catch (IllegalArgumentException wrong) {
            throw new AbortException(wrong.getMessage());
        }
    }

    /** The parameters in the plan's keys. */
    ObjectNode parameters() {
        ObjectNode plan = JsonNodeFactory.instance.objectNode();
        writeRun(plan);
        if (hosts != null) {
            ObjectNode described = plan.putObject("hosts");
            hosts.forEach(host -> host.write(described));
        }
        if (clusters != null) {
            ObjectNode described = plan.putObject("clusters");
            clusters.forEach(cluster -> cluster.write(described));
        }
        if (driver != null) {
            driver.writeDriver(plan.putObject("driver"));
        }
        object(plan, "workload", workload, WorkloadParameter::write);
        object(plan, "state", state, StateParameter::write);
        object(plan, "regression", regression, RegressionParameter::write);
        list(plan, "scenarios", scenarios, ScenarioParameter::write);
        list(plan, "probes", probes, ProbeParameter::writeItem);
        list(plan, "thresholds", thresholds, ThresholdParameter::write);
        if (categories != null) {
            ObjectNode metrics = plan.putObject("categories");
            categories.forEach(category -> category.write(PlanPart.named(metrics, category.getMetric())));
        }
        return plan;
    }

    /** Makes it known to Pipeline. */
    @Extension
    public static final class DescriptorImpl extends BenchmarkStepDescriptor {
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
    }
}
