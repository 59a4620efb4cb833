package io.jenkins.plugins.livemigration.bench.gate;

import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.DirectionFigure;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What other tools do, each at its 5 % where it has a level. They look at one figure at a time and at all runs of a build
 * together; a build alarms if any of its figures does.
 */
final class PeerRules {
    static final String TEN_PERCENT = "+10 % on the previous build";
    static final String TWENTY_PERCENT = "+20 % on the previous build";
    static final String MANN_WHITNEY = "Mann-Whitney, previous build";
    static final String WELCH = "Welch, previous build";
    static final String Z_SCORE = "z-score over history";
    static final String T_TEST = "t-test over history";
    static final List<String> ALL = List.of(TEN_PERCENT, TWENTY_PERCENT, MANN_WHITNEY, WELCH, Z_SCORE, T_TEST);

    /** Mann and Whitney's table: for ten against ten values U of 73 or more has a one-sided p below 5 %. */
    private static final int CRITICAL_U = 73;

    private static final double LEVEL = 0.05;
    private static final double Z = NormalDistribution.of(0, 1).inverseSurvivalProbability(LEVEL);

    private final double t;

    /** Rules with a history of k builds. */
    PeerRules(int k) {
        t = TDistribution.of(k - 1).inverseSurvivalProbability(LEVEL);
    }

    /** One figure's values and history, taken apart once for all rules and shifts. */
    static final class Prepared {
        private final double[] previous;
        private final double[] now;
        private final double previousMedian;
        private final double nowMedian;
        private final double mean;
        private final double deviation;

        Prepared(List<BuildFigure> history, BuildFigure figure) {
            previous = values(history.get(history.size() - 1));
            now = values(figure);
            previousMedian = Median.withDefaults().evaluate(previous);
            nowMedian = Median.withDefaults().evaluate(now);
            double[] medians = history.stream()
                    .mapToDouble(build -> Median.withDefaults().evaluate(values(build)))
                    .toArray();
            mean = mean(medians);
            deviation = Math.sqrt(variance(medians, mean));
        }

        private static double[] values(BuildFigure figure) {
            double[] values = new double[figure.n()];
            int next = 0;
            for (DirectionFigure direction : figure.directions()) {
                for (double value : direction.values()) {
                    values[next++] = value;
                }
            }
            return values;
        }
    }

    /** Whether the rule alarms for a figure whose values are all multiplied by {@code factor}. */
    boolean alarms(String rule, Prepared figure, double factor) {
        return switch (rule) {
            case TEN_PERCENT -> figure.nowMedian * factor > 1.1 * figure.previousMedian;
            case TWENTY_PERCENT -> figure.nowMedian * factor > 1.2 * figure.previousMedian;
            case MANN_WHITNEY -> mannWhitney(figure, factor);
            case WELCH -> welch(figure, factor);
            case Z_SCORE -> figure.nowMedian * factor > figure.mean + Z * figure.deviation;
            case T_TEST -> figure.nowMedian * factor > figure.mean + t * figure.deviation;
            default -> throw new IllegalArgumentException(rule);
        };
    }

    private static boolean mannWhitney(Prepared figure, double factor) {
        int u = 0;
        for (double value : figure.now) {
            for (double other : figure.previous) {
                if (value * factor > other) {
                    u++;
                }
            }
        }
        return u >= CRITICAL_U;
    }

    private static boolean welch(Prepared figure, double factor) {
        double nowMean = mean(figure.now);
        double previousMean = mean(figure.previous);
        double now = factor * factor * variance(figure.now, nowMean) / figure.now.length;
        double before = variance(figure.previous, previousMean) / figure.previous.length;
        double statistic = (factor * nowMean - previousMean) / Math.sqrt(now + before);
        if (statistic < Z) {
            return false;
        }
        double freedom = (now + before)
                * (now + before)
                / (now * now / (figure.now.length - 1) + before * before / (figure.previous.length - 1));
        return TDistribution.of(freedom).survivalProbability(statistic) < LEVEL;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double variance(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / (values.length - 1);
    }

    /** Medians of a history, for rules that look at the series. */
    static double[] medians(List<BuildFigure> history) {
        ToDoubleFunction<BuildFigure> median = build -> Median.withDefaults().evaluate(Prepared.values(build));
        return history.stream().mapToDouble(median).toArray();
    }
}
