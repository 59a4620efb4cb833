package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.jenkins.Words;
import io.jenkins.plugins.livemigration.jenkins.build.BenchmarkAction;
import io.jenkins.plugins.livemigration.jenkins.build.Publisher;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import jenkins.model.Jenkins;
import jenkins.tasks.SimpleBuildStep;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The same step for freestyle jobs. Such a build does not outlive a restart of the controller;
 * then the engine ends in order by its lease.
 */
public final class BenchmarkBuilder extends Builder implements SimpleBuildStep {
    private final LiveMigrationBenchmarkStep benchmark;

    @DataBoundConstructor
    public BenchmarkBuilder(LiveMigrationBenchmarkStep benchmark) {
        this.benchmark = benchmark;
    }

    /** What is run: the pipeline step with all of its parameters. */
    public LiveMigrationBenchmarkStep getBenchmark() {
        return benchmark;
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        CutOffBuilds.before(run).forEach(listener.getLogger()::println);
        BenchmarkRequest request = benchmark.request();
        Preparation preparation = new Preparation(request, run, workspace, env, listener, Jenkins.getAuthentication2());
        Preparation.Started started = preparation.start(UUID.randomUUID().toString());
        boolean asItShould = false;
        try {
            Following following = new Following(started.link(), listener, request.abandonAfter(), started.masking());
            FilePath folder = following.toTheEnd();
            Ending ending = new Ending(started.link(), run, listener, preparation::secrets, started.masking());
            Optional<byte[]> result = ending.fetch(folder);
            if (result.isEmpty()) {
                throw new AbortException(Words.text("end.noResult"));
            }
            decide(run, request, ending.publish(result.get(), started.name(), Publisher.forBuild()));
            asItShould = true;
        } finally {
            BenchmarkAction.of(run).end(started.name(), asItShould);
        }
    }

    private static void decide(Run<?, ?> run, BenchmarkRequest request, JudgedResult judged) {
        GateDecision decision = GateDecision.of(judged.verdict().status(), request.gate(), request.inconclusive());
        if (decision.toBuild()) {
            run.setResult(decision.colour() == GateDecision.Colour.FAILURE ? Result.FAILURE : Result.UNSTABLE);
        }
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
    }
}
