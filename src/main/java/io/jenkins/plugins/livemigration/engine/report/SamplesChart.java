package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.CategoryTable;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The samples of one scenario in one metric: a dot per sample in order of execution, its shape by direction, each
 * direction's median with its confidence interval, category bands behind. With the observed downtime goes the reported
 * one, joined to it by a line.
 */
final class SamplesChart {
    private static final double TOP = 10;
    private static final double AXIS = 30;
    private static final double LEAST_BAND = 14;
    /** The height of a label. */
    private static final double LABEL = 14;

    private final Texts texts;
    private final JudgedResult judged;
    private final String scenario;
    private final Metric metric;
    private final boolean narrow;

    SamplesChart(Texts texts, JudgedResult judged, String scenario, Metric metric, boolean narrow) {
        this.texts = texts;
        this.judged = judged;
        this.scenario = scenario;
        this.metric = metric;
        this.narrow = narrow;
    }

    Markup draw() {
        double width = narrow ? 400 : 960;
        double height = narrow ? 240 : 280;
        double left = 62;
        double right = width - (narrow ? 26 : 136);
        double bottom = height - AXIS;
        List<Sample> samples = judged.result().samples().stream()
                .filter(sample -> sample.scenario().equals(scenario))
                .toList();
        Drawing drawing = new Drawing(
                width,
                height,
                narrow ? "chart narrow" : "chart wide",
                texts.text("samples.title", texts.metric(metric.id()), scenario));
        Scale y = new Scale(0, highest(samples), bottom, TOP);
        Map<Direction, Summary.Spread> spreads = spreads();
        bands(drawing, y, left, right, spreads);
        drawing.leftAxis(y, left, right, metric.unit());
        limits(drawing, y, left, right);
        medians(drawing, y, left, right, spreads);
        double step = (right - left) / Math.max(1, samples.size());
        for (int i = 0; i < samples.size(); i++) {
            double x = left + (i + 0.5) * step;
            sample(drawing, x, y, samples.get(i));
            int every = (int) Math.ceil(samples.size() / (narrow ? 10.0 : 24.0));
            if (i % every == 0) {
                drawing.text(x, bottom + 14, "#" + samples.get(i).order(), "axis middle");
            }
        }
        drawing.text((left + right) / 2, bottom + 27, texts.text("samples.order"), "axis middle");
        return drawing.finish();
    }

    private double highest(List<Sample> samples) {
        double highest = 0;
        for (Sample sample : samples) {
            for (Optional<Figure> figure : List.of(sample.figure(metric), companion(sample))) {
                highest = Math.max(highest, figure.flatMap(Figure::amount).orElse(0.0));
            }
        }
        return highest > 0 ? highest * 1.12 : 1;
    }

    private Optional<Figure> companion(Sample sample) {
        return metric.equals(Metrics.DOWNTIME_OBSERVED) ? sample.figure(Metrics.DOWNTIME_REPORTED) : Optional.empty();
    }

    private void bands(Drawing drawing, Scale y, double left, double right, Map<Direction, Summary.Spread> spreads) {
        CategoryEdges edges = judged.verdict().categories().get(metric.id());
        if (edges == null) {
            return;
        }
        CategoryTable table = new CategoryTable(edges, metric.better());
        double below = 0;
        for (int i = 0; i < table.classes().size(); i++) {
            double above = Math.min(table.classes().get(i).below(), y.high());
            if (below >= y.high()) {
                return;
            }
            double top = y.at(above);
            double tall = y.at(below) - top;
            String name = texts.category(table.classes().get(i).name());
            String hint = name + ": " + texts.interval(table.classes(), i, metric.unit());
            drawing.rect(left, top, right - left, tall, "band c" + shade(table, i), hint);
            if (!narrow && tall >= LEAST_BAND) {
                double bandBottom = top + tall;
                Stream.of(bandBottom - 4, top + tall / 2 + 4, top + 11)
                        .filter(place -> spreads.values().stream()
                                .allMatch(spread -> Math.abs(y.clamped(spread.median()) + 4 - place) > 26))
                        .findFirst()
                        .ifPresent(place -> drawing.text(right + 30, place, name, "bandlabel"));
            }
            below = above;
        }
    }

    /** Which of the four shades a class gets: the best 0, the worst 3. */
    static int shade(CategoryTable table, int index) {
        int last = table.classes().size() - 1;
        return last == 0 ? 0 : Math.round(3f * table.rank(index) / last);
    }

    private void limits(Drawing drawing, Scale y, double left, double right) {
        List<Double> drawn = new ArrayList<>();
        judged.verdict().judgements().stream()
                .filter(judgement -> judgement.metric().equals(metric.id())
                        && judgement.scenario().equals(scenario))
                .flatMap(judgement -> judgement.limit().stream())
                .filter(limit -> limit <= y.high() && !drawn.contains(limit))
                .forEach(limit -> {
                    drawn.add(limit);
                    drawing.line(left, y.at(limit), right, y.at(limit), "limit");
                    drawing.text(
                            left + 6,
                            y.at(limit) - 4,
                            texts.text("samples.limit", QuantityText.text(limit, metric.unit())),
                            "limitlabel");
                });
    }

    private Map<Direction, Summary.Spread> spreads() {
        Map<Direction, Summary.Spread> spreads = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            new Overview(judged)
                    .summary(scenario, Optional.of(direction), metric)
                    .flatMap(Summary::spread)
                    .ifPresent(spread -> spreads.put(direction, spread));
        }
        return spreads;
    }

    /** A line across for each direction; its confidence interval and its value in the margin. */
    private void medians(Drawing drawing, Scale y, double left, double right, Map<Direction, Summary.Spread> spreads) {
        double apart = spreads.size() < 2
                ? LABEL
                : Math.abs(y.clamped(spread(spreads, Direction.OUT).median())
                        - y.clamped(spread(spreads, Direction.BACK).median()));
        spreads.forEach((direction, spread) -> {
            boolean out = direction == Direction.OUT;
            double at = y.clamped(spread.median());
            drawing.line(left, at, right, at, out ? "median" : "median back");
            double margin = right + (out ? 8 : 18);
            spread.medianInterval().ifPresent(interval -> {
                double top = interval.upperIsAtLeast() ? y.to() : y.clamped(interval.upper());
                double bottom = y.clamped(interval.lower());
                drawing.line(margin, top, margin, bottom, "interval");
                drawing.line(margin - 3, bottom, margin + 3, bottom, "interval");
                if (!interval.upperIsAtLeast()) {
                    drawing.line(margin - 3, top, margin + 3, top, "interval");
                }
            });
            drawing.dot(margin, at, 3.5, out, role(metric), "");
            if (!narrow) {
                boolean upper = spreads.values().stream().allMatch(other -> other.median() <= spread.median());
                double shift = apart < LABEL ? (LABEL - apart) / 2 * (upper ? -1 : 1) : 0;
                drawing.text(
                        right + 30,
                        at + 4 + shift,
                        texts.quantity(spread.median(), spread.medianIsAtLeast(), metric.unit()),
                        "value strong");
            }
        });
    }

    private static Summary.Spread spread(Map<Direction, Summary.Spread> spreads, Direction direction) {
        return Objects.requireNonNull(spreads.get(direction));
    }

    /** The colour of a metric's values: whoever says so. */
    static String role(Metric metric) {
        if (metric.equals(Metrics.DOWNTIME_OBSERVED)) {
            return "observed";
        }
        return metric.id().startsWith("downtime.") ? "reported" : "platform";
    }

    private void sample(Drawing drawing, double x, Scale y, Sample sample) {
        boolean out = sample.direction() == Direction.OUT;
        Optional<Figure> figure =
                sample.figure(metric).filter(value -> value.amount().isPresent());
        if (figure.isEmpty()) {
            String why = sample.outcome().succeeded() ? texts.text("hint.noValue") : Samples.cause(sample, texts);
            drawing.text(x, y.from() - 4, sample.outcome().succeeded() ? "–" : "✕", "failed middle");
            drawing.rect(x - 5, y.from() - 16, 10, 16, "invisible", "#" + sample.order() + ": " + why);
            return;
        }
        double value = figure.get().amount().orElseThrow();
        double at = y.clamped(value);
        companion(sample).flatMap(Figure::amount).ifPresent(reported -> {
            drawing.line(x, y.clamped(reported), x, at, "stem");
            drawing.dot(
                    x,
                    y.clamped(reported),
                    3,
                    out,
                    "reported",
                    "#" + sample.order() + " " + texts.text("bar.reported") + " "
                            + QuantityText.text(reported, metric.unit()));
        });
        String style = sample.warmup() || !sample.outcome().succeeded() ? "apart" : role(metric);
        String hint = "#" + sample.order() + " " + Overview.path(sample) + ": "
                + texts.figure(figure.get(), metric.unit())
                + (sample.warmup() ? " (" + texts.text("warmup") + ")" : "")
                + (sample.outcome().succeeded() ? "" : " ✕ " + Samples.cause(sample, texts));
        drawing.dot(x, at, 4.5, out, style, hint);
        if (figure.get() instanceof Figure.AtLeast) {
            drawing.path("M" + Markup.number(x) + " " + Markup.number(at - 6) + "v-12m-4 5l4 -5l4 5", "arrow", hint);
        }
    }
}
