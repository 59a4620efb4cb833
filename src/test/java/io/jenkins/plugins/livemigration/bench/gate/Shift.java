package io.jenkins.plugins.livemigration.bench.gate;

import java.util.Locale;

/**
 * What really happened to the build that is judged.
 *
 * @param figures of so many scenarios the downtime rose
 * @param by as a fraction
 */
record Shift(int figures, double by) {
    static final Shift NONE = new Shift(0, 0);

    /** Whether that figure of the family rose. */
    boolean affects(int figure) {
        return figure < figures;
    }

    double onScale() {
        return Math.log1p(by);
    }

    @Override
    public String toString() {
        return figures == 0
                ? "none"
                : String.format(Locale.ROOT, "+%.0f %% in %s", 100 * by, figures == 1 ? "one" : "both");
    }
}
