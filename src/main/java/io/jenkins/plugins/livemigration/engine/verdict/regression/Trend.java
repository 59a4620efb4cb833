package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.ChangePoints;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.OrderStatisticInterval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Builds one after another: each figure's level, where it changed, and what changed about the hosts.
 *
 * @param builds labels, oldest first
 * @param marks where the environment differs from the build before
 */
public record Trend(List<String> builds, List<Series> series, List<EnvironmentMark> marks) {
    /** Fewer builds have no change points. */
    public static final int FEWEST_FOR_CHANGE_POINTS = 10;

    /** E-Divisive's work grows with the cube of the builds; so many newest ones it looks at. */
    private static final int MOST_FOR_CHANGE_POINTS = 200;

    private static final double CONFIDENCE = 0.95;

    public Trend {
        builds = List.copyOf(builds);
        series = List.copyOf(series);
        marks = List.copyOf(marks);
    }

    /**
     * One figure over the builds.
     *
     * @param points of those builds that have it
     * @param changePoints labels of the builds near which the level changed: the first ones of a new level
     */
    public record Series(String scenario, String metric, List<Point> points, List<String> changePoints) {
        public Series {
            points = List.copyOf(points);
            changePoints = List.copyOf(changePoints);
        }
    }

    /**
     * One build.
     *
     * @param median in the metric's unit, the directions' usual difference taken out
     * @param lower end of the median's 95 % confidence interval within the build, where the values are kept and suffice
     */
    public record Point(
            String build, Instant startedAt, int n, double median, Optional<Double> lower, Optional<Double> upper) {}

    /** What is different about the hosts from this build on. */
    public record EnvironmentMark(String build, List<EnvironmentChange> changes) {
        public EnvironmentMark {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The trend of builds that measured the same.
     *
     * @param builds oldest first
     */
    public static Trend of(List<BaselineBuild> builds, RegressionPlan plan) {
        Set<List<String>> keys = new LinkedHashSet<>();
        for (BaselineBuild build : builds) {
            build.figures().forEach(figure -> keys.add(List.of(figure.scenario(), figure.metric())));
        }
        List<Series> series = new ArrayList<>();
        for (List<String> key : keys) {
            Metrics.find(key.get(1)).ifPresent(metric -> series.add(series(key.get(0), metric, builds, plan)));
        }
        List<EnvironmentMark> marks = new ArrayList<>();
        for (int i = 1; i < builds.size(); i++) {
            List<EnvironmentChange> changes = EnvironmentChange.between(
                    builds.get(i - 1).environment(), builds.get(i).environment());
            if (!changes.isEmpty()) {
                marks.add(new EnvironmentMark(builds.get(i).label(), changes));
            }
        }
        return new Trend(builds.stream().map(BaselineBuild::label).toList(), series, marks);
    }

    private static Series series(String scenario, Metric metric, List<BaselineBuild> builds, RegressionPlan plan) {
        FigureScale scale =
                new FigureScale(metric, RegressionRule.rules(plan, metric).change());
        List<BaselineBuild> having = builds.stream()
                .filter(build -> build.figure(scenario, metric.id()).isPresent())
                .toList();
        List<BuildFigure> figures = having.stream()
                .flatMap(build -> build.figure(scenario, metric.id()).stream())
                .toList();
        Alignment alignment = Alignment.of(figures, scale);
        List<Point> points = new ArrayList<>();
        double[] centres = new double[figures.size()];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = alignment.centre(figures.get(i));
            points.add(point(having.get(i), figures.get(i), alignment, scale));
        }
        return new Series(scenario, metric.id(), points, changePoints(centres, having));
    }

    private static Point point(BaselineBuild build, BuildFigure figure, Alignment alignment, FigureScale scale) {
        double median = scale.value(alignment.centre(figure));
        OptionalInt rank =
                figure.keepsValues() ? OrderStatisticInterval.rank(figure.n(), CONFIDENCE) : OptionalInt.empty();
        if (rank.isEmpty()) {
            return new Point(build.label(), build.startedAt(), figure.n(), median, Optional.empty(), Optional.empty());
        }
        double[] values = alignment.aligned(figure);
        Arrays.sort(values);
        double one = scale.value(values[rank.getAsInt() - 1]);
        double other = scale.value(values[values.length - rank.getAsInt()]);
        return new Point(
                build.label(),
                build.startedAt(),
                figure.n(),
                median,
                Optional.of(Math.min(one, other)),
                Optional.of(Math.max(one, other)));
    }

    private static List<String> changePoints(double[] centres, List<BaselineBuild> builds) {
        if (centres.length < FEWEST_FOR_CHANGE_POINTS) {
            return List.of();
        }
        int from = Math.max(0, centres.length - MOST_FOR_CHANGE_POINTS);
        return ChangePoints.ofBuilds().in(Arrays.copyOfRange(centres, from, centres.length)).stream()
                .map(index -> builds.get(from + index).label())
                .toList();
    }
}
