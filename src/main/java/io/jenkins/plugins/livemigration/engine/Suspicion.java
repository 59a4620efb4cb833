package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import java.util.List;

/** Tells, when the planned moves are done, what has to be looked at once more. */
interface Suspicion {

    /**
     * The scenarios that seem worse than the baseline; none if nothing does, or if a second look could not change the
     * verdict.
     *
     * @param end how the moves ended
     */
    List<String> suspects(RunEnd end);
}
