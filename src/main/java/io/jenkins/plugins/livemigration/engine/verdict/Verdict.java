package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;

/**
 * What is concluded from a run.
 *
 * @param status the worst of the judgements, by {@link Status}'s order
 * @param sentence the one sentence that says why
 * @param judgements every rule that was applied, with its own sentence
 * @param summaries per scenario, direction and metric what the samples say
 */
public record Verdict(Status status, Message sentence, List<Judgement> judgements, List<Summary> summaries) {
    public Verdict {
        judgements = List.copyOf(judgements);
        summaries = List.copyOf(summaries);
    }
}
