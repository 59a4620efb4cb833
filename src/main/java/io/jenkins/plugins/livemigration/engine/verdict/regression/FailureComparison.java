package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.text.Message;

/**
 * Failed migrations of a scenario against those of the baseline's builds. Informs: failures gate by their own rule.
 *
 * @param p Fisher's exact test, one-sided
 */
public record FailureComparison(
        String scenario, int failed, int tried, int failedBefore, int triedBefore, double p, Message sentence) {}
