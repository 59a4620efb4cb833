package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;

/**
 * Judges how far a run came. A run that was cut short may have missed what a whole one would have shown, so it cannot
 * pass. A run without a single usable sample is the infrastructure's failure, whatever the cause: there is nothing to judge,
 * and nothing that may enter a baseline.
 */
final class CompletenessRule {
    static final String NAME = "completeness";

    /** A judgement, unless the run came to its end. */
    Optional<Judgement> judge(RunResult result) {
        long counting = result.samples().stream().filter(Sample::counts).count();
        RunEnd.Kind kind = result.end().kind();
        if (kind == RunEnd.Kind.NOT_SUPPORTED) {
            return Optional.of(judgement(Status.INCONCLUSIVE, Message.of("verdict.notSupported"), counting));
        }
        boolean ranToItsEnd = kind == RunEnd.Kind.COMPLETED;
        boolean unsupported = result.samples().stream().anyMatch(s -> s.outcome() instanceof Outcome.NotSupported);
        if (counting == 0 && !unsupported && (ranToItsEnd || kind == RunEnd.Kind.INFRASTRUCTURE)) {
            long failed = result.samples().stream()
                    .filter(sample -> sample.outcome() instanceof Outcome.Failed)
                    .count();
            Message sentence =
                    failed == 0 ? Message.of("verdict.noSample") : Message.of("verdict.noSampleAllFailed", failed);
            return Optional.of(judgement(Status.INFRASTRUCTURE, sentence, counting));
        }
        if (ranToItsEnd) {
            return Optional.empty();
        }
        return Optional.of(judgement(
                Status.INCONCLUSIVE,
                counting == 0 ? Message.of("verdict.endedBeforeAnySample") : Message.of("verdict.endedEarly", counting),
                counting));
    }

    private static Judgement judgement(Status status, Message sentence, long counting) {
        return new Judgement(
                NAME, "", "", "", status, sentence, Optional.of((double) counting), Optional.empty(), false);
    }
}
