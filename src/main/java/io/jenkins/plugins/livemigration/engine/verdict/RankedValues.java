package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.OrderStatisticInterval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * The values of one metric in ascending order. Where lower is better, figures known only to be "at least x" rank above
 * all measured ones, with a value that is at least the largest of these; where higher is better, x is the worse end
 * already and ranks as it is.
 *
 * <p>Quantiles by definition 8 of R. J. Hyndman and Y. Fan, Sample Quantiles in Statistical Packages, The American
 * Statistician 50 (1996), 361-365.
 */
final class RankedValues {
    private static final Quantile R8 = Quantile.withDefaults().with(Quantile.EstimationMethod.HF8);

    private final double[] values;
    private final double[] lowers;
    private final double[] uppers;
    private final int measured;
    private final boolean lowerIsBetter;

    /** Ranks the figures that have a value; there must be one at least. */
    RankedValues(List<Figure> figures, Metric.Better better) {
        lowerIsBetter = better != Metric.Better.HIGHER;
        List<Figure.Measured> known = figures.stream()
                .filter(Figure.Measured.class::isInstance)
                .map(Figure.Measured.class::cast)
                .toList();
        double[] bounds = figures.stream()
                .filter(Figure.AtLeast.class::isInstance)
                .mapToDouble(figure -> ((Figure.AtLeast) figure).value())
                .toArray();
        measured = lowerIsBetter ? known.size() : known.size() + bounds.length;
        values = ranked(known.stream().mapToDouble(Figure.Measured::value).toArray(), bounds);
        lowers = ranked(known.stream().mapToDouble(Figure.Measured::lower).toArray(), bounds);
        uppers = ranked(known.stream().mapToDouble(Figure.Measured::upper).toArray(), bounds);
        if (values.length == 0) {
            throw new IllegalArgumentException("no values to rank");
        }
    }

    private double[] ranked(double[] known, double[] bounds) {
        double largest = Arrays.stream(known).max().orElse(Double.NEGATIVE_INFINITY);
        double[] floors = lowerIsBetter
                ? Arrays.stream(bounds).map(bound -> Math.max(bound, largest)).toArray()
                : bounds;
        double[] all = Arrays.copyOf(known, known.length + floors.length);
        System.arraycopy(floors, 0, all, known.length, floors.length);
        Arrays.sort(all);
        return all;
    }

    int size() {
        return values.length;
    }

    double median() {
        return R8.evaluate(values, 0.5);
    }

    /** Whether the median rests on a value that is a lower bound only. */
    boolean medianIsAtLeast() {
        return values.length / 2 >= measured;
    }

    /** What the median cannot be below, given every value's resolution. */
    double medianLower() {
        return R8.evaluate(lowers, 0.5);
    }

    /** What the median cannot be above; infinite if it rests on a lower bound. */
    double medianUpper() {
        return medianIsAtLeast() ? Double.POSITIVE_INFINITY : R8.evaluate(uppers, 0.5);
    }

    Summary.Spread spread() {
        double least = values[0];
        double most = values[values.length - 1];
        boolean mostIsAtLeast = measured < values.length;
        return new Summary.Spread(
                median(),
                medianIsAtLeast(),
                R8.evaluate(values, 0.25),
                R8.evaluate(values, 0.75),
                lowerIsBetter ? least : most,
                lowerIsBetter ? most : least,
                mostIsAtLeast,
                medianInterval());
    }

    private Optional<Summary.Interval> medianInterval() {
        int n = values.length;
        OptionalInt rank = OrderStatisticInterval.rank(n, 0.95);
        return rank.isEmpty()
                ? Optional.empty()
                : Optional.of(new Summary.Interval(
                        values[rank.getAsInt() - 1], values[n - rank.getAsInt()], n - rank.getAsInt() >= measured));
    }
}
