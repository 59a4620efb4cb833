package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether a group of recent builds lies above a group of reference builds: Student's two-sample t test with a pooled
 * standard deviation, which is never taken below a floor (Student, The Probable Error of a Mean, Biometrika 6 (1908), 1-25).
 *
 * @param shift mean of the recent builds minus mean of the reference
 * @param standardError of the shift
 * @param degreesOfFreedom of the t distribution
 * @param pValue one-sided, of "the recent ones are not higher"
 */
public record PooledShift(double shift, double standardError, int degreesOfFreedom, double pValue) {

    /**
     * Compares two groups of build centres.
     *
     * @throws IllegalArgumentException if a group is empty or both together have fewer than three builds
     */
    public static PooledShift of(double[] recent, double[] reference, double floor) {
        int freedom = recent.length + reference.length - 2;
        if (recent.length == 0 || reference.length == 0 || freedom < 1) {
            throw new IllegalArgumentException("too few builds to compare");
        }
        double recentMean = mean(recent);
        double referenceMean = mean(reference);
        double observed = Math.sqrt((squares(recent, recentMean) + squares(reference, referenceMean)) / freedom);
        double error = Math.max(observed, floor) * Math.sqrt(1.0 / recent.length + 1.0 / reference.length);
        double shift = recentMean - referenceMean;
        double p = error == 0 ? (shift > 0 ? 0 : 1) : TDistribution.of(freedom).survivalProbability(shift / error);
        return new PooledShift(shift, error, freedom, p);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double squares(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum;
    }
}
