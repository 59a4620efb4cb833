package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Verdict;
import java.util.List;

/**
 * A result reduced to what a comparison needs: timelines, probe reports and evidence are left out, or a hundred runs would
 * not fit into a small heap.
 */
public final class LeanResult {
    private LeanResult() {}

    /** The reduced result. */
    public static JudgedResult of(JudgedResult judged) {
        RunResult run = judged.result();
        Verdict verdict = judged.verdict();
        return new JudgedResult(
                judged.formatVersion(),
                new RunResult(
                        run.name(),
                        run.runId(),
                        run.engineVersion(),
                        run.plan(),
                        run.startedAt(),
                        run.endedAt(),
                        run.end(),
                        run.environment(),
                        List.of(),
                        List.of(),
                        List.of(),
                        run.samples().stream().map(LeanResult::of).toList()),
                new Verdict(
                        verdict.status(),
                        verdict.sentence(),
                        verdict.judgements(),
                        List.of(),
                        verdict.categories(),
                        verdict.regression()));
    }

    private static Sample of(Sample sample) {
        return new Sample(
                sample.order(),
                sample.scenario(),
                sample.direction(),
                sample.number(),
                sample.warmup(),
                sample.from(),
                sample.to(),
                sample.requestedAt(),
                sample.overheadMillis(),
                sample.outcome(),
                sample.figures(),
                List.of(),
                List.of(),
                List.of(),
                sample.state(),
                List.of());
    }
}
