package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.verdict.statistics.PredictionInterval;
import java.util.List;

/**
 * One figure of a build held against the same figure of the baseline's builds: whether it lies above their prediction
 * interval, and whether the change is large enough to matter. All numbers are places and shifts on the metric's scale.
 *
 * @param interval where the baseline's builds let the next one be expected
 * @param centre of the build
 * @param p the chance of such a centre or a worse one, had nothing changed
 * @param relevant whether the change reaches the minimal relevant one
 */
public record FigureTest(PredictionInterval interval, double centre, double p, boolean relevant) {

    /**
     * Tests a build.
     *
     * <p>A build whose own runs scatter more than the baseline's has a less certain centre; the excess widens its interval.
     *
     * @param baseline the same figure of at least two builds
     * @param noiseFloor standard deviation between builds that is known from elsewhere; 0 if none is
     */
    public static FigureTest of(BuildFigure figure, List<BuildFigure> baseline, FigureScale scale, double noiseFloor) {
        Alignment alignment = Alignment.of(baseline, scale);
        double[] centres = new double[baseline.size()];
        double squares = 0;
        for (int i = 0; i < centres.length; i++) {
            Alignment.Location location = alignment.locate(baseline.get(i));
            centres[i] = location.centre();
            squares += location.error() * location.error();
        }
        double usualError = Math.sqrt(squares / centres.length);
        Alignment.Location own = alignment.locate(figure);
        double excess = Math.sqrt(Math.max(0, own.error() * own.error() - usualError * usualError));
        return of(
                PredictionInterval.of(centres, Math.max(usualError, noiseFloor)).widened(excess), own.centre(), scale);
    }

    /** The same figure, had it come out at another place of the scale. */
    public FigureTest moved(double shift, FigureScale scale) {
        return of(interval, centre + shift, scale);
    }

    private static FigureTest of(PredictionInterval interval, double centre, FigureScale scale) {
        return new FigureTest(interval, centre, interval.pValue(centre), scale.relevant(interval.mean(), centre));
    }

    /** The change for the worse, on the scale. */
    public double shift() {
        return centre - interval.mean();
    }
}
