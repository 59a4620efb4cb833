package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Where the next build's centre is expected, given the centres of k builds before it.
 *
 * <p>Student's prediction interval (G. J. Hahn and W. Q. Meeker, Statistical Intervals, 1991, section 4.7; D. C.
 * Montgomery and G. C. Runger, Applied Statistics and Probability for Engineers, 3rd edition, equation 8-29): a further value
 * exceeds mean + t s sqrt(1 + 1/k), with k - 1 degrees of freedom, with the error's probability only. The standard
 * deviation is never taken below a floor: from few builds it comes out far too small now and then, and less than the
 * noise of the runs within a build it cannot be.
 *
 * @param builds k
 * @param mean of the builds' centres
 * @param observed standard deviation between the builds' centres, n - 1 in the denominator
 * @param sigma the greater of observed and floor
 */
public record PredictionInterval(int builds, double mean, double observed, double sigma) {

    /**
     * From the builds' centres.
     *
     * @param floor the standard deviation is taken as no smaller
     * @throws IllegalArgumentException for fewer than two builds
     */
    public static PredictionInterval of(double[] centres, double floor) {
        int k = centres.length;
        if (k < 2) {
            throw new IllegalArgumentException("no variation between fewer than two builds");
        }
        double sum = 0;
        for (double centre : centres) {
            sum += centre;
        }
        double mean = sum / k;
        double squares = 0;
        for (double centre : centres) {
            squares += (centre - mean) * (centre - mean);
        }
        double observed = Math.sqrt(squares / (k - 1));
        return new PredictionInterval(k, mean, observed, Math.max(observed, floor));
    }

    /** The interval for a build whose centre is less certain than those of the builds before, by this much in excess. */
    public PredictionInterval widened(double excess) {
        return new PredictionInterval(
                builds, mean, observed, Math.sqrt(sigma * sigma + excess * excess / (1 + 1.0 / builds)));
    }

    /** Standard error of the difference between a further build's centre and the mean. */
    public double standardError() {
        return sigma * Math.sqrt(1 + 1.0 / builds);
    }

    /** The chance that a further build without any change comes out this high or higher. */
    public double pValue(double centre) {
        double error = standardError();
        if (error == 0) {
            return centre > mean ? 0 : 1;
        }
        return distribution().survivalProbability((centre - mean) / error);
    }

    /** What a further build without any change exceeds with probability {@code alpha} only. */
    public double upper(double alpha) {
        return mean + distribution().inverseSurvivalProbability(alpha) * standardError();
    }

    /** Half the width of the two-sided interval around a difference to the mean. */
    public double margin(double confidence) {
        return distribution().inverseSurvivalProbability((1 - confidence) / 2) * standardError();
    }

    private TDistribution distribution() {
        return TDistribution.of(builds - 1);
    }
}
