package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import org.apache.commons.statistics.descriptive.Median;

/**
 * How far a value lies from the bulk, in robust standard deviations: 0.6745 (x - median) / MAD. B. Iglewicz and D. C.
 * Hoaglin, How to Detect and Handle Outliers, ASQC 1993, who call values beyond 3.5 outliers. The MAD is never taken below
 * what the measurement can resolve, or equal values would make an outlier of anything.
 */
public final class ModifiedZScore {
    /** Beyond this a value is reported as an outlier. */
    public static final double OUTLIER = 3.5;
    /** A normal distribution's MAD, in standard deviations. */
    static final double NORMAL_MAD = 0.6744897501960817;

    private ModifiedZScore() {}

    /**
     * The scores, in the order of the values.
     *
     * @param resolution the smallest MAD that is believed, in the values' unit
     */
    public static double[] of(double[] values, double resolution) {
        double median = Median.withDefaults().evaluate(values);
        double mad = Math.max(medianDeviation(values, median), resolution);
        double[] scores = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double distance = values[i] - median;
            scores[i] = mad == 0
                    ? Math.signum(distance) * (distance == 0 ? 0 : Double.POSITIVE_INFINITY)
                    : NORMAL_MAD * distance / mad;
            if (distance == 0) {
                scores[i] = 0;
            }
        }
        return scores;
    }

    /** The median absolute deviation, as it is. */
    public static double medianDeviation(double[] values, double median) {
        double[] distances = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            distances[i] = Math.abs(values[i] - median);
        }
        return Median.withDefaults().evaluate(distances);
    }

    /** The standard deviation of a normal distribution with this MAD. */
    public static double standardDeviation(double medianDeviation) {
        return medianDeviation / NORMAL_MAD;
    }
}
