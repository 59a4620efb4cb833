package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Adjusts p-values of several tests so that the expected share of false alarms among all alarms is bounded.
 *
 * <p>Step-up procedure of Y. Benjamini and Y. Hochberg, Controlling the False Discovery Rate, Journal of the Royal
 * Statistical Society B 57 (1995), 289-300: q of the i-th smallest of m p-values is the smallest of m p(j) / j over all j
 * from i on. If nothing at all has changed, the chance of any alarm is at most the level, for independent and for
 * positively dependent tests (Benjamini and Yekutieli, 2001).
 */
public final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /** The q-values, in the order of the p-values. */
    public static double[] adjust(double... pValues) {
        int m = pValues.length;
        int[] order = IntStream.range(0, m)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[m];
        double smallest = 1;
        for (int rank = m; rank >= 1; rank--) {
            int index = order[rank - 1];
            smallest = Math.min(smallest, m * pValues[index] / rank);
            adjusted[index] = smallest;
        }
        return adjusted;
    }

    /** Adjusts a handful of p-values in place, without allocating beyond a copy: for simulations. */
    public static void adjustInPlace(double[] pValues) {
        double[] original = Arrays.copyOf(pValues, pValues.length);
        double[] sorted = Arrays.copyOf(pValues, pValues.length);
        Arrays.sort(sorted);
        int m = sorted.length;
        double smallest = 1;
        for (int rank = m; rank >= 1; rank--) {
            double p = sorted[rank - 1];
            smallest = Math.min(smallest, m * p / rank);
            for (int i = 0; i < m; i++) {
                if (original[i] == p) {
                    pValues[i] = smallest;
                }
            }
        }
    }
}
