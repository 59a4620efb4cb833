package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.SecondRound;
import java.util.Optional;

/**
 * What {@code result.json} holds and every report renders: what was measured, and what was concluded.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written by this engine; readers accept older ones
 * @param result what was measured, without a second round
 * @param secondRound what was measured when a suspicion was looked at again, if it was
 */
public record JudgedResult(int formatVersion, RunResult result, Optional<SecondRound> secondRound, Verdict verdict) {
    /** The version that this engine writes. */
    public static final int FORMAT_VERSION = 1;

    /** A result without a second round. */
    public JudgedResult(int formatVersion, RunResult result, Verdict verdict) {
        this(formatVersion, result, Optional.empty(), verdict);
    }
}
