package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.DirectionContrast;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.ModifiedZScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the reader should know beside the figures. */
final class Notes {
    private Notes() {}

    static List<Message> of(
            RunResult run,
            List<FigureVerdict> figures,
            Baseline baseline,
            List<EnvironmentChange> changes,
            List<CreepFinding> creep) {
        List<Message> notes = new ArrayList<>();
        if (!changes.isEmpty()) {
            notes.add(Message.of(
                    "verdict/regression.changed",
                    baseline.newest().map(BaselineBuild::label).orElse(""),
                    changes.stream().map(Object::toString).collect(Collectors.joining(", "))));
        }
        creep.stream().filter(CreepFinding::crept).map(CreepFinding::sentence).forEach(notes::add);
        for (FigureVerdict figure : figures) {
            figure.mute()
                    .ifPresent(mute -> notes.add(
                            figure.alarmed()
                                    ? figure.sentence()
                                    : Message.of(
                                            "verdict/regression.muted",
                                            figure.scenario(),
                                            figure.metric(),
                                            mute.untilDate(),
                                            mute.who(),
                                            mute.why())));
            if (figure.primary()) {
                Metric metric = Metrics.find(figure.metric()).orElseThrow();
                directions(run, figure, metric, notes);
                outliers(run, figure, metric, notes);
            }
        }
        for (Acceptance accepted : baseline.acceptances()) {
            notes.add(Message.of(
                    "verdict/regression.accepted",
                    accepted.scenario(),
                    accepted.metric(),
                    accepted.fromBuild(),
                    accepted.who(),
                    accepted.why()));
        }
        return notes;
    }

    private static void directions(RunResult run, FigureVerdict figure, Metric metric, List<Message> notes) {
        DirectionContrast.of(run, metric).stream()
                .filter(contrast -> contrast.scenario().equals(figure.scenario()) && contrast.distinct())
                .forEach(contrast -> notes.add(Message.of(
                        "verdict/regression.directionsDiffer",
                        figure.scenario(),
                        metric.id(),
                        QuantityText.text(contrast.outMedian(), metric.unit()),
                        QuantityText.text(contrast.backMedian(), metric.unit()),
                        Sentences.probability("p", contrast.p()))));
    }

    /** Each direction for itself, or the slower one would be full of outliers. */
    private static void outliers(RunResult run, FigureVerdict figure, Metric metric, List<Message> notes) {
        BuildFigures.figure(run, figure.scenario(), metric).ifPresent(values -> {
            int outliers = 0;
            double worst = 0;
            for (DirectionFigure direction : values.directions()) {
                double[] scores = ModifiedZScore.of(
                        direction.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray(),
                        resolution(run, figure.scenario(), metric));
                for (double score : scores) {
                    if (Math.abs(score) > ModifiedZScore.OUTLIER) {
                        outliers++;
                        worst = Math.max(worst, Math.abs(score));
                    }
                }
            }
            if (outliers > 0) {
                notes.add(Message.of(
                        "verdict/regression.outliers",
                        figure.scenario(),
                        metric.id(),
                        outliers,
                        values.n(),
                        String.format(Locale.ROOT, "%.1f", worst)));
            }
        });
    }

    private static double resolution(RunResult run, String scenario, Metric metric) {
        return run.samples().stream()
                .filter(sample -> sample.counts() && sample.scenario().equals(scenario))
                .map((Sample sample) -> sample.figure(metric))
                .flatMap(figure -> figure.stream())
                .filter(Figure.Measured.class::isInstance)
                .mapToDouble(figure -> (((Figure.Measured) figure).upper() - ((Figure.Measured) figure).lower()) / 2)
                .max()
                .orElse(0);
    }
}
