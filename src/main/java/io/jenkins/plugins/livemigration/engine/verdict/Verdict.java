package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Calibration;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RegressionReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is concluded from a run.
 *
 * @param status the worst of the judgements, by {@link Status}'s order
 * @param sentence the one sentence that says why
 * @param judgements every rule that was applied, with its own sentence
 * @param summaries per scenario, direction and metric what the samples say
 * @param categories the categories that were applied, by metric id
 * @param regression the comparison with a baseline, where one was asked for
 * @param calibration limits and noise floors that a run which is known to be good derived, instead of being compared
 */
public record Verdict(
        Status status,
        Message sentence,
        List<Judgement> judgements,
        List<Summary> summaries,
        Map<String, CategoryEdges> categories,
        Optional<RegressionReport> regression,
        Optional<Calibration> calibration) {
    /** A verdict on a run that derived nothing. */
    public Verdict(
            Status status,
            Message sentence,
            List<Judgement> judgements,
            List<Summary> summaries,
            Map<String, CategoryEdges> categories,
            Optional<RegressionReport> regression) {
        this(status, sentence, judgements, summaries, categories, regression, Optional.empty());
    }

    public Verdict {
        judgements = List.copyOf(judgements);
        summaries = List.copyOf(summaries);
        categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
    }
}
