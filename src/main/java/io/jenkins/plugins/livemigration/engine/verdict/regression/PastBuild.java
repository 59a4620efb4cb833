package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.util.Optional;

/**
 * An earlier build, as whoever keeps builds knows it.
 *
 * @param label a build number, a file's name; unique within a history
 * @param result empty if it has none
 */
public record PastBuild(String label, State state, Optional<JudgedResult> result) {

    /** What became of it. */
    public enum State {
        RUNNING,
        /** It ended as a failure for reasons that have nothing to do with its figures. */
        BROKEN,
        FINISHED
    }

    /** A finished build with its result. */
    public static PastBuild finished(String label, JudgedResult result) {
        return new PastBuild(label, State.FINISHED, Optional.of(result));
    }
}
