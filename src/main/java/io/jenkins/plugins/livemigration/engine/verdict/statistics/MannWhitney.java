package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import org.apache.commons.statistics.inference.MannWhitneyUTest;

/** Mann and Whitney's test of two samples (Annals of Mathematical Statistics 18 (1947), 50-60), by Commons Statistics. */
public final class MannWhitney {
    private MannWhitney() {}

    /** The two-sided p-value; 1 where every value of both is the same: nothing is ever less of a difference. */
    public static double p(double[] one, double[] other) {
        double p = MannWhitneyUTest.withDefaults().test(one, other).getPValue();
        return Double.isNaN(p) ? 1 : p;
    }
}
