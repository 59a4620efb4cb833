package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;

/**
 * What was measured when suspected scenarios ran once more in the same run.
 *
 * @param freshness what both rounds have in common
 * @param run the second round as a run: its samples, without what only a timeline shows, and how it ended
 */
public record SecondRound(Confirmation.Freshness freshness, RunResult run) {

    /** Whether it ran to its end. One that did not decides nothing. */
    public boolean complete() {
        return run.end().kind() == RunEnd.Kind.COMPLETED;
    }
}
