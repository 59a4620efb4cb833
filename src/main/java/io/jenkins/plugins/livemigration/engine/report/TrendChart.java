package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.verdict.CategoryTable;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.EnvironmentChange;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One figure over builds: median and the band of its confidence intervals, category bands behind, vertical marks where the
 * hosts changed, change points, and each build's verdict. A build without figures is a gap.
 */
final class TrendChart {
    private static final double TOP = 34;
    private static final double AXIS = 34;
    private static final double LEAST_BAND = 14;
    private static final double LEFT = 62;

    private final Texts texts;
    private final TrendView view;
    private final Trend.Series series;
    private final Metric metric;
    private final boolean narrow;
    private final double right;
    private final double bottom;
    private final Scale y;

    TrendChart(Texts texts, TrendView view, Trend.Series series, Metric metric, boolean narrow) {
        this.texts = texts;
        this.view = view;
        this.series = series;
        this.metric = metric;
        this.narrow = narrow;
        this.right = (narrow ? 400 : 960) - (narrow ? 12 : 90);
        this.bottom = (narrow ? 250 : 320) - AXIS;
        double highest = series.points().stream()
                .mapToDouble(point -> point.upper().orElse(point.median()))
                .max()
                .orElse(0);
        this.y = new Scale(0, highest > 0 ? highest * 1.1 : 1, bottom, TOP);
    }

    Markup draw() {
        Drawing drawing = new Drawing(
                narrow ? 400 : 960,
                bottom + AXIS,
                narrow ? "chart narrow" : "chart wide",
                texts.text("trend.title", texts.metric(metric.id()), series.scenario()));
        bands(drawing);
        drawing.leftAxis(y, LEFT, right, metric.unit());
        environment(drawing);
        changePoints(drawing);
        for (List<Trend.Point> stretch : stretches()) {
            stretch(drawing, stretch);
        }
        points(drawing);
        gapsAndAxis(drawing);
        return drawing.finish();
    }

    private double x(int index) {
        return LEFT + (index + 0.5) * (right - LEFT) / Math.max(1, view.builds().size());
    }

    private void bands(Drawing drawing) {
        CategoryEdges edges = view.categories().get(metric.id());
        if (edges == null) {
            return;
        }
        CategoryTable table = new CategoryTable(edges, metric.better());
        double below = 0;
        for (int i = 0; i < table.classes().size() && below < y.high(); i++) {
            double above = Math.min(table.classes().get(i).below(), y.high());
            double top = y.at(above);
            String name = texts.category(table.classes().get(i).name());
            drawing.rect(
                    LEFT,
                    top,
                    right - LEFT,
                    y.at(below) - top,
                    "band c" + SamplesChart.shade(table, i),
                    name + ": " + texts.interval(table.classes(), i, metric.unit()));
            if (!narrow && y.at(below) - top >= LEAST_BAND) {
                drawing.text(right + 8, (top + y.at(below)) / 2 + 4, name, "bandlabel");
            }
            below = above;
        }
    }

    private void environment(Drawing drawing) {
        double free = LEFT;
        for (Trend.EnvironmentMark mark : view.trend().marks()) {
            int index = view.index(mark.build());
            if (index < 0) {
                continue;
            }
            double at = (x(index) + x(index - 1)) / 2;
            drawing.line(at, TOP - 12, at, bottom, "envmark");
            EnvironmentChange first = mark.changes().get(0);
            String said = first.fact() + " " + first.before() + " → " + first.after()
                    + (mark.changes().size() > 1 ? " +" + (mark.changes().size() - 1) : "");
            String all =
                    mark.changes().stream().map(EnvironmentChange::toString).collect(Collectors.joining("\n"));
            drawing.rect(at - 4, TOP - 12, 8, bottom - TOP + 12, "invisible", all);
            double from = Math.max(at + 4, free);
            String fitting = Drawing.fitting(said, right - from);
            if (!narrow && from - at < 60 && !fitting.isEmpty()) {
                drawing.text(from, TOP - 16, fitting, "marklabel");
                free = from + Drawing.widthOf(fitting) + 12;
            }
        }
    }

    private void changePoints(Drawing drawing) {
        double free = LEFT;
        for (String label : series.changePoints()) {
            int index = view.index(label);
            double at = (x(index) + x(Math.max(0, index - 1))) / 2;
            drawing.line(at, TOP, at, bottom, "changepoint");
            String said = narrow ? "#" + (index + 1) : texts.text("trend.changeNear", index + 1);
            if (at + 4 >= free && at + 4 + Drawing.widthOf(said) <= right) {
                drawing.text(at + 4, bottom - 6, said, "changelabel");
                free = at + 12 + Drawing.widthOf(said);
            }
        }
    }

    /** The points without a gap between them. */
    private List<List<Trend.Point>> stretches() {
        List<List<Trend.Point>> stretches = new ArrayList<>();
        int expected = -1;
        for (Trend.Point point : series.points()) {
            int index = view.index(point.build());
            if (index != expected || stretches.isEmpty()) {
                stretches.add(new ArrayList<>());
            }
            stretches.get(stretches.size() - 1).add(point);
            expected = index + 1;
        }
        return stretches;
    }

    private void stretch(Drawing drawing, List<Trend.Point> stretch) {
        StringBuilder upper = new StringBuilder();
        StringBuilder lower = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (Trend.Point point : stretch) {
            double at = x(view.index(point.build()));
            line.append(line.length() == 0 ? 'M' : 'L').append(place(at, point.median()));
            upper.append(upper.length() == 0 ? 'M' : 'L')
                    .append(place(at, point.upper().orElse(point.median())));
            lower.insert(0, "L" + place(at, point.lower().orElse(point.median())));
        }
        drawing.path(upper + lower.toString() + "Z", "ciband", "");
        drawing.path(line.toString(), "trendline", "");
    }

    private String place(double at, double value) {
        return Markup.number(at) + " " + Markup.number(y.clamped(value));
    }

    private void points(Drawing drawing) {
        for (Trend.Point point : series.points()) {
            int index = view.index(point.build());
            double at = x(index);
            point.lower()
                    .ifPresent(lower -> drawing.line(
                            at, y.clamped(lower), at, y.clamped(point.upper().orElse(lower)), "interval"));
            Optional<Status> status = view.builds().get(index).status();
            String hint = "#" + (index + 1) + " " + point.build() + ": " + TrendReport.median(point, metric)
                    + status.map(one -> ", " + texts.status(one)).orElse("");
            drawing.dot(at, y.clamped(point.median()), 4.5, true, SamplesChart.role(metric), hint);
            status.filter(one -> one != Status.PASS && one != Status.INSUFFICIENT_BASELINE)
                    .ifPresent(one -> drawing.text(
                            at,
                            y.clamped(point.upper().orElse(point.median())) - 8,
                            HeadSection.glyph(one),
                            "strong middle " + one.name().toLowerCase(Locale.ROOT)));
        }
    }

    private void gapsAndAxis(Drawing drawing) {
        int every = (int) Math.ceil(view.builds().size() / (narrow ? 8.0 : 24.0));
        for (int i = 0; i < view.builds().size(); i++) {
            TrendView.Build build = view.builds().get(i);
            if (!build.measured()) {
                drawing.text(x(i), bottom - 4, "✕", "failed middle");
                drawing.rect(
                        x(i) - 5,
                        bottom - 16,
                        10,
                        16,
                        "invisible",
                        "#" + (i + 1) + " " + build.label() + ": " + texts.text("trend.noFigures"));
            }
            if (i % every == 0) {
                drawing.text(x(i), bottom + 14, "#" + (i + 1), "axis middle");
            }
        }
        drawing.text((LEFT + right) / 2, bottom + 29, texts.text("trend.builds"), "axis middle");
    }
}
