package io.jenkins.plugins.livemigration.engine.verdict.regression;

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
        Verdict verdict = judged.verdict();
        return new JudgedResult(
                judged.formatVersion(),
                judged.result().withoutDetails(),
                new Verdict(
                        verdict.status(),
                        verdict.sentence(),
                        verdict.judgements(),
                        List.of(),
                        verdict.categories(),
                        verdict.regression(),
                        verdict.calibration()));
    }
}
