package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalFile;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates a run from what is on disk: a finished one, a dead one, or one that is still going. */
public final class RunEvaluation {
    private RunEvaluation() {}

    /**
     * The run's result and the verdict on it.
     *
     * @param folder the run's folder
     * @throws IOException if it has no readable journal; the message names the file and what is wrong with it
     */
    public static JudgedResult of(Path folder) throws IOException {
        return of(folder, Optional.empty());
    }

    private static JudgedResult of(Path folder, Optional<RunEnd> end) throws IOException {
        JournalFile journal = JournalFile.read(folder);
        if (journal.first(JournalEvent.RunStarted.class).isEmpty()) {
            throw new IOException(folder.resolve(Journal.FILE) + " does not begin with the start of a run");
        }
        Optional<BenchmarkPlan> plan = planOf(journal).map(ParsedPlan.Valid::plan);
        RunResult result = ResultBuilder.build(journal, plan, new TraceFiles(folder), end);
        Judge judge = plan.map(Judge::by).orElse(new Judge(Map.of(), List.of()));
        return new JudgedResult(JudgedResult.FORMAT_VERSION, result, judge.judge(result));
    }

    /**
     * As {@link #of(Path)}, for a run that has just ended.
     *
     * @param end how it ended, should the journal not have been able to say it (a full disk)
     */
    public static JudgedResult of(Path folder, RunEnd end) throws IOException {
        return of(folder, Optional.of(end));
    }

    /** The plan that the run was started with; empty if this engine cannot read it. */
    public static Optional<ParsedPlan.Valid> planOf(JournalFile journal) {
        return journal.first(JournalEvent.RunStarted.class)
                .map(start -> PlanParser.parse(start.plan()))
                .filter(ParsedPlan.Valid.class::isInstance)
                .map(ParsedPlan.Valid.class::cast);
    }
}
