package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.livemigration.engine.history.Decisions;
import io.jenkins.plugins.livemigration.engine.history.PinnedBuilds;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineBuilder;
import io.jenkins.plugins.livemigration.engine.verdict.regression.PastBuild;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a benchmark of a build is compared with: the job's own good builds, or another job's. */
public final class JobBaseline {
    /** Of the builds that cannot be used some are looked at beyond those that are taken. */
    private static final int SPARE = 20;

    private final Run<?, ?> run;
    private final Optional<Job<?, ?>> other;

    /**
     * A baseline.
     *
     * @param run the build that begins
     * @param other the job whose builds it is compared with; its own if empty
     */
    public JobBaseline(Run<?, ?> run, Optional<Job<?, ?>> other) {
        this.run = run;
        this.other = other;
    }

    /**
     * The baseline, bounded; empty if there is nothing to compare with, not even something that was skipped.
     *
     * @param benchmark its name
     * @param plan the one that it will measure by
     * @throws IOException if decisions or history cannot be read; the message names the file
     */
    public Optional<Baseline> of(String benchmark, JsonNode plan) throws IOException {
        RegressionPlan rules = PlanParser.parse(plan) instanceof ParsedPlan.Valid valid
                ? valid.plan().regression()
                : RegressionPlan.DEFAULT;
        Job<?, ?> own = run.getParent();
        Job<?, ?> source = other.orElse(own);
        PastResults results = new PastResults(
                History.of(source),
                source.getBuildDir().toPath(),
                other.map(job -> job.getFullName() + " ").orElse(""));
        int before = other.isPresent() ? Integer.MAX_VALUE : run.getNumber();
        List<PastBuild> history = results.newest(benchmark, before, 2 * rules.window() + SPARE);
        Decisions theirs = JobDecisions.of(source).decisions();
        Baseline rolling = new BaselineBuilder(rules).ahead(plan, history, theirs.acceptances(benchmark), List.of());
        Baseline decided = JobDecisions.of(own).decisions().in(rolling, benchmark);
        Baseline baseline = decided.withGolden(JobDecisions.of(source).pins().of(benchmark).stream()
                .map(PinnedBuilds.Pinned::build)
                .toList());
        boolean nothing = baseline.builds().isEmpty()
                && baseline.golden().isEmpty()
                && baseline.skipped().isEmpty();
        return nothing ? Optional.empty() : Optional.of(baseline);
    }
}
