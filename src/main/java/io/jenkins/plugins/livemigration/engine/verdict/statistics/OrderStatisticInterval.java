package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * A median's confidence interval by order statistics, for any distribution: from the k-th smallest to the k-th largest
 * value, with the largest k for which P(Binomial(n, 1/2) &lt; k) is at most half of the error (W. J. Conover, Practical
 * Nonparametric Statistics, 3rd edition 1999, section 3.2). For 95 % it takes six values.
 */
public final class OrderStatisticInterval {
    private OrderStatisticInterval() {}

    /**
     * The rank k, from 1; empty if there are too few values for this confidence.
     *
     * @param confidence such as 0.95
     */
    public static OptionalInt rank(int n, double confidence) {
        double tail = (1 - confidence) / 2;
        BinomialDistribution below = BinomialDistribution.of(n, 0.5);
        int k = 0;
        while (k < n && below.cumulativeProbability(k) <= tail) {
            k++;
        }
        return k == 0 ? OptionalInt.empty() : OptionalInt.of(k);
    }
}
