package io.jenkins.plugins.livemigration.engine.verdict.statistics;

/**
 * The distribution of Mann and Whitney's U when nothing differs: in how many of the equally likely orders of m + n values
 * U takes each of its values.
 *
 * <p>Recurrence of H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18 (1947), 50-60. Counts are kept as
 * doubles, relative to all orders.
 */
final class MannWhitneyCounts {
    private MannWhitneyCounts() {}

    /** P(U = u) for u from 0 to m n. */
    static double[] probabilities(int m, int n) {
        // p(i, j, u) = i/(i+j) p(i-1, j, u-j) + j/(i+j) p(i, j-1, u): the largest value is one of the i or of the j.
        double[][] row = new double[n + 1][];
        for (int j = 0; j <= n; j++) {
            row[j] = new double[] {1};
        }
        for (int i = 1; i <= m; i++) {
            double[][] next = new double[n + 1][];
            next[0] = new double[] {1};
            for (int j = 1; j <= n; j++) {
                double[] p = new double[i * j + 1];
                double first = (double) i / (i + j);
                double[] shorter = row[j];
                for (int u = 0; u < shorter.length; u++) {
                    p[u + j] += first * shorter[u];
                }
                double[] narrower = next[j - 1];
                for (int u = 0; u < narrower.length; u++) {
                    p[u] += (1 - first) * narrower[u];
                }
                next[j] = p;
            }
            row = next;
        }
        return row[n];
    }
}
