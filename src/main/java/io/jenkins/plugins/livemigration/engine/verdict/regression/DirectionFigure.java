package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.ModifiedZScore;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/**
 * What one build's samples in one direction say about one metric, in the metric's unit.
 *
 * @param n samples with a value
 * @param median of their values
 * @param spread their median absolute deviation
 * @param atLeast the median rests on a lower bound
 * @param values the values in order of execution, where they are kept
 */
public record DirectionFigure(
        Direction direction, int n, double median, double spread, boolean atLeast, List<Double> values) {
    public DirectionFigure {
        values = List.copyOf(values);
    }

    /** From the values of measured samples. */
    public static DirectionFigure of(Direction direction, double[] values) {
        double median = Median.withDefaults().evaluate(values);
        return new DirectionFigure(
                direction,
                values.length,
                median,
                ModifiedZScore.medianDeviation(values, median),
                false,
                Arrays.stream(values).boxed().toList());
    }

    /** The same without the single values. */
    public DirectionFigure withoutValues() {
        return new DirectionFigure(direction, n, median, spread, atLeast, List.of());
    }
}
