package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How large a shift must be for a test to find it with a given probability.
 *
 * <p>Minimum detectable effect of H. S. Bloom, Evaluation Review 19 (1995), 547-556: the standard error times the sum of
 * the t quantiles of the level and of the power. It takes the noise as it was estimated: with very few builds and a low
 * level somewhat less is found than asked for (at 1.25 % and 80 %, with 3 builds 74 %, with 5 77 %, with 10 79 %).
 */
public final class DetectableShift {
    private DetectableShift() {}

    /**
     * The shift that a one-sided test against this interval finds.
     *
     * @param alpha level of the test
     * @param power probability of finding it, such as 0.8
     */
    public static double of(PredictionInterval interval, double alpha, double power) {
        TDistribution t = TDistribution.of(interval.builds() - 1);
        return interval.standardError() * (t.inverseSurvivalProbability(alpha) + t.inverseCumulativeProbability(power));
    }
}
