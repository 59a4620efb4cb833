package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.result.RunResult;

/**
 * What {@code result.json} holds and every report renders: what was measured, and what was concluded.
 *
 * @param formatVersion {@link #FORMAT_VERSION} when written by this engine; readers accept older ones
 */
public record JudgedResult(int formatVersion, RunResult result, Verdict verdict) {
    /** The version that this engine writes. */
    public static final int FORMAT_VERSION = 1;
}
