package io.jenkins.plugins.livemigration.bench.gate;

import java.util.Locale;

/**
 * How a simulated job's figures vary. All of it is multiplicative.
 *
 * @param between coefficient of variation between builds
 * @param within coefficient of variation between the runs of a build
 * @param shape what makes the runs differ from a plain log-normal distribution
 */
record Noise(double between, double within, Shape shape) {

    /** What else there is. */
    enum Shape {
        /** Nothing. */
        PLAIN,
        /** Every twentieth run takes three times as long. */
        OUTLIERS,
        /** One direction takes 12 % longer, as in the published runs. */
        DIRECTIONS,
        /** Both of them. */
        BOTH,
        /** A build's offset is the same for all its figures. */
        SHARED
    }

    boolean outliers() {
        return shape == Shape.OUTLIERS || shape == Shape.BOTH;
    }

    boolean directions() {
        return shape == Shape.DIRECTIONS || shape == Shape.BOTH;
    }

    /** The standard deviation of the logarithm that gives a log-normal value this coefficient of variation. */
    static double logDeviation(double variation) {
        return Math.sqrt(Math.log1p(variation * variation));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, between %.0f %%, within %.0f %%",
                shape.name().toLowerCase(Locale.ROOT),
                100 * between,
                100 * within);
    }
}
