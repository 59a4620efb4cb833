package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.ModifiedZScore;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Makes the two directions of a figure comparable, so that a build has one centre: the usual difference between the
 * directions is taken out of every value, and the centre is the median of what remains.
 *
 * <p>A plain median over both directions jumps from one to the other where they differ. The mean of the two directions'
 * medians does not, but rests on half as many values each: of five values three outliers make a median, of ten it takes
 * five. The difference between the directions is the median over the builds of the difference of their direction medians,
 * which a single odd build does not move.
 *
 * <p>Where builds were stored without their values, the mean of the aligned direction medians stands in.
 */
public final class Alignment {
    private static final double OF_MEDIAN = Math.sqrt(Math.PI / 2);

    private final FigureScale scale;
    private final Map<Direction, Double> offsets = new EnumMap<>(Direction.class);

    private Alignment(FigureScale scale) {
        this.scale = scale;
    }

    /** The alignment that these builds of one figure suggest. Builds with one direction only suggest nothing. */
    public static Alignment of(List<BuildFigure> builds, FigureScale scale) {
        Alignment alignment = new Alignment(scale);
        double[] differences = new double[builds.size()];
        int count = 0;
        for (BuildFigure build : builds) {
            List<DirectionFigure> directions = build.directions();
            if (directions.size() == 2) {
                double difference = scale.at(directions.get(1).median())
                        - scale.at(directions.get(0).median());
                differences[count++] = directions.get(0).direction() == Direction.OUT ? difference : -difference;
            }
        }
        if (count > 0) {
            double backMinusOut = Median.withDefaults().evaluate(Arrays.copyOf(differences, count));
            alignment.offsets.put(Direction.OUT, -backMinusOut / 2);
            alignment.offsets.put(Direction.BACK, backMinusOut / 2);
        }
        return alignment;
    }

    /** By how much the way back is usually worse than the way out, on the scale; 0 if unknown. */
    public double backMinusOut() {
        return offset(Direction.BACK) - offset(Direction.OUT);
    }

    /** The centre's place on the scale. */
    public double centre(BuildFigure figure) {
        return locate(figure).centre();
    }

    /**
     * Where a build lies.
     *
     * @param centre its place on the scale
     * @param error how uncertain the centre is through the noise between the build's samples alone: the standard error of a
     *     median of n values, sqrt(pi / 2) sigma / sqrt(n) for large n (Kendall and Stuart, The Advanced Theory of
     *     Statistics, 10.10), with sigma from the MAD
     */
    public record Location(double centre, double error) {}

    /** Where a build lies, and how certain that is. */
    public Location locate(BuildFigure figure) {
        if (figure.keepsValues()) {
            double[] values = aligned(figure);
            double median = medianOf(values);
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.abs(values[i] - median);
            }
            double deviation = ModifiedZScore.standardDeviation(medianOf(values));
            return new Location(median, OF_MEDIAN * deviation / Math.sqrt(values.length));
        }
        double sum = 0;
        double variance = 0;
        for (DirectionFigure direction : figure.directions()) {
            sum += scale.at(direction.median()) - offset(direction.direction());
            double deviation =
                    OF_MEDIAN * ModifiedZScore.standardDeviation(scale.spread(direction.spread(), direction.median()));
            variance += deviation * deviation / direction.n();
        }
        int directions = figure.directions().size();
        return new Location(sum / directions, Math.sqrt(variance) / directions);
    }

    /** Sorts: much faster for few values than to select. */
    private static double medianOf(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** The kept values on the scale, the directions' usual difference taken out, direction by direction. */
    public double[] aligned(BuildFigure figure) {
        double[] values = new double[figure.n()];
        int next = 0;
        for (DirectionFigure direction : figure.directions()) {
            double offset = offset(direction.direction());
            List<Double> own = direction.values();
            for (int i = 0; i < own.size(); i++) {
                values[next++] = scale.at(own.get(i)) - offset;
            }
        }
        return values;
    }

    private double offset(Direction direction) {
        Double offset = offsets.get(direction);
        return offset == null ? 0 : offset;
    }
}
