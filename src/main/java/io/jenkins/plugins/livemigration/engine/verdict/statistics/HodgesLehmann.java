package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * By how much the values of one group exceed those of another: the median of all pairwise differences, with a confidence
 * interval that needs no distribution.
 *
 * <p>Estimate: J. L. Hodges and E. L. Lehmann, Annals of Mathematical Statistics 34 (1963), 598-611. Interval: M.
 * Hollander, D. A. Wolfe and E. Chicken, Nonparametric Statistical Methods, 3rd edition, section 4.3: with C the largest
 * number for which P(U &lt; C) is at most half of the error, it reaches from the C-th smallest to the C-th largest
 * difference, U being Mann and Whitney's statistic. Up to {@value #EXACT_UP_TO} differences the distribution of U is exact,
 * beyond it is approximated by the normal one. With very few values no interval of the asked confidence exists; it is then
 * infinite.
 *
 * <p>The interval knows the variation within the two groups alone. Whatever moved a whole group (a boot, a day) is in the
 * estimate and not in the interval.
 *
 * @param shift the estimate
 * @param lower end of the interval
 * @param upper end of the interval
 */
public record HodgesLehmann(double shift, double lower, double upper) {
    /** Beyond so many pairs U's distribution is taken as normal. */
    public static final int EXACT_UP_TO = 10_000;

    /**
     * By how much {@code values} exceed {@code reference}.
     *
     * @param confidence of the interval, such as 0.95
     * @throws IllegalArgumentException if a group is empty
     */
    public static HodgesLehmann shift(double[] values, double[] reference, double confidence) {
        if (values.length == 0 || reference.length == 0) {
            throw new IllegalArgumentException("two groups with values are needed");
        }
        int pairs = Math.multiplyExact(values.length, reference.length);
        double[] differences = new double[pairs];
        int next = 0;
        for (double value : values) {
            for (double other : reference) {
                differences[next++] = value - other;
            }
        }
        Arrays.sort(differences);
        double median = (differences[(pairs - 1) / 2] + differences[pairs / 2]) / 2;
        int c = rank(values.length, reference.length, (1 - confidence) / 2);
        return c == 0
                ? new HodgesLehmann(median, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                : new HodgesLehmann(median, differences[c - 1], differences[pairs - c]);
    }

    /** The ratio of two groups of positive values: the shift of their logarithms, turned back. */
    public static HodgesLehmann ratio(double[] values, double[] reference, double confidence) {
        HodgesLehmann logs = shift(
                Arrays.stream(values).map(Math::log).toArray(),
                Arrays.stream(reference).map(Math::log).toArray(),
                confidence);
        return new HodgesLehmann(Math.exp(logs.shift), Math.exp(logs.lower), Math.exp(logs.upper));
    }

    private static int rank(int m, int n, double tail) {
        if ((long) m * n > EXACT_UP_TO) {
            double mean = m * (double) n / 2;
            double deviation = Math.sqrt(m * (double) n * (m + n + 1) / 12);
            double z = NormalDistribution.of(0, 1).inverseCumulativeProbability(tail);
            return Math.max(0, (int) Math.floor(mean + z * deviation));
        }
        double[] probabilities = MannWhitneyCounts.probabilities(m, n);
        double below = 0;
        int c = 0;
        while (c < probabilities.length && below + probabilities[c] <= tail) {
            below += probabilities[c];
            c++;
        }
        return c;
    }
}
