package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reduces a run to what a baseline keeps of it. */
public final class BuildFigures {
    /** Of a primary figure so many values a direction are kept; of one with more, none. */
    static final int MOST_VALUES = 50;

    private BuildFigures() {}

    /** The run under that label. */
    public static BaselineBuild of(String label, RunResult run) {
        List<BuildFigure> figures = new ArrayList<>();
        List<MigrationCount> migrations = new ArrayList<>();
        for (String scenario : run.scenarios()) {
            PrimaryFamily primary = PrimaryFamily.of(run, scenario);
            for (Metric metric : Metrics.all()) {
                if (metric.better() != Metric.Better.NEITHER) {
                    figure(run, scenario, metric)
                            .map(figure -> primary.contains(metric) ? figure : withoutValues(figure))
                            .ifPresent(figures::add);
                }
            }
            migrations.add(count(run, scenario));
        }
        return new BaselineBuild(
                label, run.startedAt(), ComparablePlan.digest(run.plan()), run.environment(), figures, migrations);
    }

    /** The run under that label, as a baseline keeps it: very long lists of values are left out. */
    public static BaselineBuild bounded(String label, RunResult run) {
        BaselineBuild build = of(label, run);
        return build.with(build.figures().stream().map(BuildFigures::bounded).toList());
    }

    /** One figure of a run with all its values; empty if no counting sample has one. */
    static Optional<BuildFigure> figure(RunResult run, String scenario, Metric metric) {
        List<DirectionFigure> directions = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            List<Figure> figures = run.samples().stream()
                    .filter(sample ->
                            sample.counts() && sample.scenario().equals(scenario) && sample.direction() == direction)
                    .sorted(Comparator.comparingInt(Sample::order))
                    .flatMap(sample -> sample.figure(metric).stream())
                    .filter(figure -> figure.amount().isPresent())
                    .toList();
            if (!figures.isEmpty()) {
                directions.add(direction(direction, metric, figures));
            }
        }
        return directions.isEmpty()
                ? Optional.empty()
                : Optional.of(new BuildFigure(scenario, metric.id(), directions));
    }

    /** A value that is "at least" something counts as worst: no measured one of the direction may be worse. */
    private static DirectionFigure direction(Direction direction, Metric metric, List<Figure> figures) {
        double[] values = new double[figures.size()];
        int bounds = 0;
        double worst = figures.stream()
                .filter(Figure.Measured.class::isInstance)
                .mapToDouble(figure -> ((Figure.Measured) figure).value())
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        for (int i = 0; i < values.length; i++) {
            values[i] = figures.get(i).amount().orElseThrow();
            if (figures.get(i) instanceof Figure.AtLeast && metric.better() == Metric.Better.LOWER) {
                values[i] = Math.max(values[i], worst);
                bounds++;
            }
        }
        boolean atLeast = values.length / 2 >= values.length - bounds;
        DirectionFigure all = DirectionFigure.of(direction, values);
        return new DirectionFigure(direction, all.n(), all.median(), all.spread(), atLeast, all.values());
    }

    private static BuildFigure withoutValues(BuildFigure figure) {
        return new BuildFigure(
                figure.scenario(),
                figure.metric(),
                figure.directions().stream().map(DirectionFigure::withoutValues).toList());
    }

    /** The figure as a baseline keeps it: a very long list of values is left out, of every direction. */
    static BuildFigure bounded(BuildFigure figure) {
        boolean tooMany =
                figure.directions().stream().anyMatch(one -> one.values().size() > MOST_VALUES);
        return tooMany ? withoutValues(figure) : figure;
    }

    private static MigrationCount count(RunResult run, String scenario) {
        Outcome[] outcomes = run.samples().stream()
                .filter(sample -> !sample.warmup() && sample.scenario().equals(scenario))
                .map(Sample::outcome)
                .toArray(Outcome[]::new);
        int failed = (int)
                Arrays.stream(outcomes).filter(Outcome.Failed.class::isInstance).count();
        int succeeded = (int) Arrays.stream(outcomes).filter(Outcome::succeeded).count();
        return new MigrationCount(scenario, failed, failed + succeeded);
    }
}
