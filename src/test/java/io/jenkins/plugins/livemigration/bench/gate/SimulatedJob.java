package io.jenkins.plugins.livemigration.bench.gate;

import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.DirectionFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.FigureScale;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RelevantChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A job that makes builds: two scenarios, of each the downtime and the migration time, log-normal runs, and an offset of
 * its own for each build and figure.
 */
final class SimulatedJob {
    /** The primary family: downtime of both scenarios first, then the migration times. */
    static final int FAMILY = 4;

    private static final Metric[] METRIC = {
        Metrics.DOWNTIME_OBSERVED,
        Metrics.DOWNTIME_OBSERVED,
        Metrics.MIGRATION_TIME_PLATFORM,
        Metrics.MIGRATION_TIME_PLATFORM
    };
    private static final double[] LEVEL = {800, 2_500, 12_000, 24_000};
    private static final FigureScale[] SCALE = new FigureScale[FAMILY];

    static {
        for (int i = 0; i < FAMILY; i++) {
            SCALE[i] = new FigureScale(METRIC[i], RelevantChanges.of(METRIC[i]));
        }
    }

    private static final double OUTLIER_SHARE = 0.05;
    private static final double OUTLIER_FACTOR = 3;
    private static final double SLOWER_DIRECTION = Math.log(1.12);

    private final Noise noise;
    private final int runs;
    private final SplittableRandom random;
    private final double betweenDeviation;
    private final double withinDeviation;
    private final double[] levels = new double[FAMILY];

    /** A job whose builds have so many runs, half of them in each direction. */
    SimulatedJob(Noise noise, int runs, SplittableRandom random) {
        this.noise = noise;
        this.runs = runs;
        this.random = random;
        this.betweenDeviation = Noise.logDeviation(noise.between());
        this.withinDeviation = Noise.logDeviation(noise.within());
    }

    static FigureScale scale(int figure) {
        return SCALE[figure];
    }

    /** The next build, its true level shifted by that logarithm. */
    List<BuildFigure> next(double drift) {
        double shared = random.nextGaussian();
        List<BuildFigure> build = new ArrayList<>(FAMILY);
        for (int figure = 0; figure < FAMILY; figure++) {
            double own = noise.shape() == Noise.Shape.SHARED ? shared : random.nextGaussian();
            levels[figure] = Math.log(LEVEL[figure]) + betweenDeviation * own + drift;
            build.add(measure(figure, levels[figure]));
        }
        return build;
    }

    /** Further runs of the latest build: the same offset, new noise of the runs. */
    List<BuildFigure> again() {
        List<BuildFigure> build = new ArrayList<>(FAMILY);
        for (int figure = 0; figure < FAMILY; figure++) {
            build.add(measure(figure, levels[figure]));
        }
        return build;
    }

    private BuildFigure measure(int figure, double level) {
        double[] out = new double[runs / 2];
        double[] back = new double[runs - runs / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = run(level);
        }
        for (int i = 0; i < back.length; i++) {
            back[i] = run(noise.directions() ? level + SLOWER_DIRECTION : level);
        }
        return new BuildFigure(
                figure % 2 == 0 ? "one" : "two",
                METRIC[figure].id(),
                List.of(DirectionFigure.of(Direction.OUT, out), DirectionFigure.of(Direction.BACK, back)));
    }

    private double run(double level) {
        double value = Math.exp(level + withinDeviation * random.nextGaussian());
        return noise.outliers() && random.nextDouble() < OUTLIER_SHARE ? value * OUTLIER_FACTOR : value;
    }
}
