package io.jenkins.plugins.livemigration.engine.verdict.statistics;

/**
 * How often a value of one group exceeds one of another, minus how often it falls short: from -1 (always below) over 0 to
 * 1 (always above). N. Cliff, Dominance Statistics: Ordinal Analyses to Answer Ordinal Questions, Psychological Bulletin 114
 * (1993), 494-509.
 */
public final class CliffsDelta {
    private CliffsDelta() {}

    /**
     * Delta of {@code values} over {@code reference}.
     *
     * @throws IllegalArgumentException if a group is empty
     */
    public static double of(double[] values, double[] reference) {
        if (values.length == 0 || reference.length == 0) {
            throw new IllegalArgumentException("two groups with values are needed");
        }
        long balance = 0;
        for (double value : values) {
            for (double other : reference) {
                balance += value > other ? 1 : value < other ? -1 : 0;
            }
        }
        return balance / ((double) values.length * reference.length);
    }
}
