package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where in a series of builds the level (or anything else of the distribution) changed: E-Divisive of D. S. Matteson and
 * N. A. James, A Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data, Journal of the American
 * Statistical Association 109 (2014), 334-345, with exponent 1.
 *
 * <p>A segment is cut where the scaled energy distance between what lies left and right of the cut is largest, the right
 * part ending anywhere in the segment:
 * Q = m n / (m + n) (2 mean|x - y| - mean|x - x'| - mean|y - y'|), the last two means over distinct pairs (so the divisor is
 * m (m - 1) / 2). The cut holds if permutations of the values within the segments found so far reach that Q rarely enough.
 * The permutations' random numbers start from a fixed seed: the same series has the same change points.
 */
public final class ChangePoints {
    private static final long SEED = 20140301;

    private final int shortestSegment;
    private final int permutations;
    private final double level;

    /**
     * A detector.
     *
     * @param shortestSegment values between two change points, at least 2
     * @param permutations of the significance test
     * @param level of the significance test
     */
    public ChangePoints(int shortestSegment, int permutations, double level) {
        if (shortestSegment < 2 || permutations < 1) {
            throw new IllegalArgumentException("segments of at least 2 and one permutation are needed");
        }
        this.shortestSegment = shortestSegment;
        this.permutations = permutations;
        this.level = level;
    }

    /** The detector for trends: segments of 3 builds, 199 permutations, 5 %. */
    public static ChangePoints ofBuilds() {
        return new ChangePoints(3, 199, 0.05);
    }

    /** Indices at which a new segment begins, ascending. */
    public List<Integer> in(double[] series) {
        List<Integer> bounds = new ArrayList<>(List.of(0, series.length));
        SplittableRandom random = new SplittableRandom(SEED);
        while (true) {
            Cut best = best(series, bounds);
            if (best.index() < 0 || pValue(series, bounds, best.q(), random) > level) {
                return List.copyOf(bounds.subList(1, bounds.size() - 1));
            }
            bounds.add(best.index());
            bounds.sort(null);
        }
    }

    private double pValue(double[] series, List<Integer> bounds, double q, SplittableRandom random) {
        int reached = 0;
        double[] shuffled = Arrays.copyOf(series, series.length);
        for (int i = 0; i < permutations; i++) {
            for (int s = 0; s + 1 < bounds.size(); s++) {
                shuffle(shuffled, bounds.get(s), bounds.get(s + 1), random);
            }
            if (best(shuffled, bounds).q() >= q) {
                reached++;
            }
        }
        return (reached + 1.0) / (permutations + 1);
    }

    private Cut best(double[] series, List<Integer> bounds) {
        Cut best = new Cut(-1, Double.NEGATIVE_INFINITY);
        for (int s = 0; s + 1 < bounds.size(); s++) {
            Cut cut = best(Arrays.copyOfRange(series, bounds.get(s), bounds.get(s + 1)));
            if (cut.index() >= 0 && cut.q() > best.q()) {
                best = new Cut(cut.index() + bounds.get(s), cut.q());
            }
        }
        return best;
    }

    /** The best cut of one segment. */
    private Cut best(double[] segment) {
        int n = segment.length;
        Cut best = new Cut(-1, Double.NEGATIVE_INFINITY);
        if (n < 2 * shortestSegment) {
            return best;
        }
        // among[i][j]: sum of the distances of all pairs within [i, j)
        double[][] among = new double[n + 1][n + 1];
        for (int i = n - 1; i >= 0; i--) {
            double toFirst = 0;
            for (int j = i + 1; j <= n; j++) {
                toFirst += Math.abs(segment[i] - segment[j - 1]);
                among[i][j] = among[i + 1][j] + toFirst;
            }
        }
        for (int cut = shortestSegment; cut <= n - shortestSegment; cut++) {
            for (int end = cut + shortestSegment; end <= n; end++) {
                double q = energy(among[0][cut], among[cut][end], among[0][end], cut, end - cut);
                if (q > best.q()) {
                    best = new Cut(cut, q);
                }
            }
        }
        return best;
    }

    private static double energy(double within, double withinOther, double all, int m, int n) {
        double across = all - within - withinOther;
        double distance = 2 * across / ((double) m * n)
                - 2 * within / ((double) m * (m - 1))
                - 2 * withinOther / ((double) n * (n - 1));
        return (double) m * n / (m + n) * distance;
    }

    private static void shuffle(double[] values, int from, int to, SplittableRandom random) {
        for (int i = to - 1; i > from; i--) {
            int j = random.nextInt(from, i + 1);
            double kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }

    private record Cut(int index, double q) {}
}
