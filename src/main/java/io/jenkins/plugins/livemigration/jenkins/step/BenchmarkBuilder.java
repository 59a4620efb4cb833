package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.build.BenchmarkAction;
import io.jenkins.plugins.livemigration.jenkins.build.Publisher;
import io.jenkins.plugins.livemigration.jenkins.plan.PlanPart;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import jenkins.model.Jenkins;
import jenkins.tasks.SimpleBuildStep;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The same for freestyle jobs: the plan is a text or a file. Such a build does not outlive a restart of the controller;
 * then the engine ends in order by its lease.
 */
public final class BenchmarkBuilder extends Builder implements SimpleBuildStep {
    private @Nullable String name;
    private final Conduct conduct = new Conduct();

    @DataBoundConstructor
    public BenchmarkBuilder() {}

    public @Nullable String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@Nullable String name) {
        this.name = PlanPart.given(name);
    }

    /** A plan as YAML text. */
    public @Nullable String getPlan() {
        return conduct.getPlan();
    }

    @DataBoundSetter
    public void setPlan(@Nullable String plan) {
        conduct.setPlan(plan);
    }

    /** A plan in the workspace, in its place. */
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
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        new PlanPart(parameters).put("name", name);
        BenchmarkRequest request = conduct.request(parameters);
        Preparation preparation = new Preparation(request, run, workspace, env, listener, Jenkins.getAuthentication2());
        Preparation.Started started = preparation.start(UUID.randomUUID().toString());
        boolean asItShould = false;
        try {
            Following following = new Following(started.link(), listener, request.abandonAfter(), started.masking());
            FilePath folder = following.toTheEnd();
            Optional<JudgedResult> judged = new Ending(
                            started.link(), run, listener, preparation::secrets, started.masking())
                    .publish(folder, started.name(), Publisher.forBuild());
            if (judged.isEmpty()) {
                throw new AbortException(Words.text("end.noResult"));
            }
            asItShould = decide(run, request, judged.get());
        } finally {
            BenchmarkAction.of(run).end(started.name(), asItShould);
        }
    }

    private static boolean decide(Run<?, ?> run, BenchmarkRequest request, JudgedResult judged) {
        GateDecision decision = GateDecision.of(judged.verdict().status(), request.gate(), request.inconclusive());
        if (decision.toBuild()) {
            run.setResult(decision.colour() == GateDecision.Colour.FAILURE ? Result.FAILURE : Result.UNSTABLE);
        }
        return true;
    }

    /** Makes it known to freestyle jobs. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        public boolean isApplicable(Class<? extends AbstractProject> type) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Words.text("builder.name");
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
