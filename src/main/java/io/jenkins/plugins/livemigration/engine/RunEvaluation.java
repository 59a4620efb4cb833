package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.history.KeptBaseline;
import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalFile;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.SecondRound;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates a run from what is on disk: a finished one, a dead one, or one that is still going. */
public final class RunEvaluation {
    private RunEvaluation() {}

    /**
     * The run's result and the verdict on it, compared with what it was compared with before.
     *
     * @param folder the run's folder
     * @throws IOException if it has no readable journal; the message names the file and what is wrong with it
     */
    public static JudgedResult of(Path folder) throws IOException {
        return of(folder, Optional.empty(), BaselineChoice.KEPT);
    }

    private static JudgedResult of(Path folder, Optional<RunEnd> end, BaselineChoice choice) throws IOException {
        JournalFile journal = JournalFile.read(folder);
        if (journal.first(JournalEvent.RunStarted.class).isEmpty()) {
            throw new IOException(folder.resolve(Journal.FILE) + " does not begin with the start of a run");
        }
        Optional<BenchmarkPlan> plan = planOf(journal).map(ParsedPlan.Valid::plan);
        RunResult result = ResultBuilder.build(journal, plan, new TraceFiles(folder), end);
        Optional<SecondRound> second = ResultBuilder.secondRound(journal, plan, new TraceFiles(folder))
                .map(round -> new SecondRound(round.freshness(), round.run().withoutDetails()));
        // Both rounds are held against the same builds, whatever has come beside the run meanwhile.
        BaselineChoice kept =
                second.isPresent() && KeptBaseline.read(folder).isPresent() ? BaselineChoice.KEPT : choice;
        Optional<Baseline> baseline = kept.baseline(result, folder, regression(plan));
        if (baseline.isPresent() && !(kept.source() instanceof BaselineChoice.Source.Kept)) {
            KeptBaseline.write(folder, baseline.get());
        }
        Judge judge = plan.map(Judge::by).orElse(new Judge(Map.of(), List.of()));
        return judged(result, second, judge, baseline, regression(plan));
    }

    private static JudgedResult judged(
            RunResult result,
            Optional<SecondRound> second,
            Judge judge,
            Optional<Baseline> baseline,
            RegressionPlan regression) {
        return new JudgedResult(
                JudgedResult.FORMAT_VERSION,
                result,
                second,
                baseline.map(known -> judge.judge(result, second, known, regression))
                        .orElseGet(() -> judge.judge(result)));
    }

    private static RegressionPlan regression(Optional<BenchmarkPlan> plan) {
        return plan.map(BenchmarkPlan::regression).orElse(RegressionPlan.DEFAULT);
    }

    /**
     * The result of a run that has just ended, and the verdict on it. What it is compared with is kept in its folder.
     *
     * @param end how it ended, should the journal not have been able to say it (a full disk)
     * @throws IOException if it has no readable journal, or what it shall be compared with cannot be read or kept; the
     *     message names the file and what is wrong with it
     */
    public static JudgedResult of(Path folder, RunEnd end, BaselineChoice choice) throws IOException {
        return of(folder, Optional.of(end), choice);
    }

    /** The plan that the run was started with; empty if this engine cannot read it. */
    public static Optional<ParsedPlan.Valid> planOf(JournalFile journal) {
        return journal.first(JournalEvent.RunStarted.class)
                .map(start -> PlanParser.parse(start.plan()))
                .filter(ParsedPlan.Valid.class::isInstance)
                .map(ParsedPlan.Valid.class::cast);
    }
}
