package io.jenkins.plugins.livemigration.engine.verdict.regression;

import java.time.Instant;

/**
 * Somebody accepted the level that one figure has since a build: what came before no longer counts for it, and a confirmed
 * regression of that build or a later one no longer keeps the figure out of the baseline.
 *
 * @param fromBuild label of the first build with the new level
 * @param from when that build started
 * @param who accepted it
 * @param why in their words
 */
public record Acceptance(String metric, String scenario, String fromBuild, Instant from, String who, String why) {

    /** Whether this is about that figure. */
    public boolean covers(String otherScenario, String otherMetric) {
        return scenario.equals(otherScenario) && metric.equals(otherMetric);
    }
}
