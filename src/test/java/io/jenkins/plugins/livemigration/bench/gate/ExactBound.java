package io.jenkins.plugins.livemigration.bench.gate;

import org.apache.commons.statistics.distribution.BetaDistribution;

/** One-sided 95 % bounds of a share: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404-413. */
final class ExactBound {
    private static final double CONFIDENCE = 0.95;

    private ExactBound() {}

    /** The share is not above this. */
    static double upper(int hits, int trials) {
        return hits == trials
                ? 1
                : BetaDistribution.of(hits + 1.0, trials - hits).inverseCumulativeProbability(CONFIDENCE);
    }

    /** The share is not below this. */
    static double lower(int hits, int trials) {
        return hits == 0
                ? 0
                : BetaDistribution.of(hits, trials - hits + 1.0).inverseCumulativeProbability(1 - CONFIDENCE);
    }
}
