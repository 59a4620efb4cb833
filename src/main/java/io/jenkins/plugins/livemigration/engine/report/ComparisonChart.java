package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.regression.ResultComparison;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs side by side in one figure: every value and the median of each run; beneath, each run's change against the first
 * with its confidence interval, and a line at "no difference".
 */
final class ComparisonChart {
    private static final double ROW = 34;
    private static final double AXIS = 24;
    private static final double GAP = 22;

    private final Texts texts;
    private final List<ResultComparison.Named> runs;
    private final ResultComparison.ComparedFigure figure;
    private final Metric metric;
    private final boolean narrow;

    ComparisonChart(
            Texts texts,
            List<ResultComparison.Named> runs,
            ResultComparison.ComparedFigure figure,
            Metric metric,
            boolean narrow) {
        this.texts = texts;
        this.runs = List.copyOf(runs);
        this.figure = figure;
        this.metric = metric;
        this.narrow = narrow;
    }

    Markup draw() {
        double width = narrow ? 400 : 960;
        double left = narrow ? 12 : 230;
        double row = narrow ? ROW + 12 : ROW;
        double values = runs.size() * row + 6;
        double changes = values + AXIS + GAP;
        double bottom = changes + (runs.size() - 1) * row;
        Drawing drawing = new Drawing(
                width,
                bottom + AXIS,
                narrow ? "chart narrow" : "chart wide",
                texts.text("compare.title", texts.metric(metric.id()), figure.scenario()));
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (ResultComparison.Named run : runs) {
            for (Sample sample : run.run().samples()) {
                Optional<Double> amount = amount(sample);
                if (amount.isPresent()) {
                    smallest = Math.min(smallest, amount.get());
                    largest = Math.max(largest, amount.get());
                }
            }
        }
        Scale x = Scale.around(Math.min(smallest, largest), largest, left, width - 14);
        drawing.bottomAxis(x, 0, values, metric.unit(), 90);
        for (int i = 0; i < runs.size(); i++) {
            run(drawing, x, i * row + row / 2 + (narrow ? 8 : 2), runs.get(i), i);
        }
        changes(drawing, changes, row, left, width);
        return drawing.finish();
    }

    private Optional<Double> amount(Sample sample) {
        return sample.counts() && sample.scenario().equals(figure.scenario())
                ? sample.figure(metric).flatMap(Figure::amount)
                : Optional.empty();
    }

    private void label(Drawing drawing, double middle, String text) {
        String shown = Drawing.fitting(text, narrow ? 380 : 212);
        drawing.text(narrow ? 0 : 218, narrow ? middle - 15 : middle + 4, shown, narrow ? "lane" : "lane end");
    }

    private void run(Drawing drawing, Scale x, double middle, ResultComparison.Named run, int index) {
        label(drawing, middle, run.label());
        for (Sample sample : run.run().samples()) {
            amount(sample).ifPresent(amount -> {
                // A fixed wobble by number keeps equal values apart without making two reports differ.
                double wobble = (sample.number() * 5 % 9 - 4) * 1.3;
                drawing.dot(
                        x.clamped(amount),
                        middle + wobble,
                        3.2,
                        sample.direction() == Direction.OUT,
                        SamplesChart.role(metric) + " thin",
                        run.label() + " #" + sample.order() + ": " + QuantityText.text(amount, metric.unit()));
            });
        }
        figure.entries().get(index).ifPresent(entry -> {
            double median = x.clamped(entry.median());
            drawing.line(median, middle - 12, median, middle + 12, "boxmedian");
        });
    }

    private void changes(Drawing drawing, double top, double row, double left, double width) {
        boolean ratio = differences()
                .findFirst()
                .map(ResultComparison.Difference::ratio)
                .orElse(true);
        double none = ratio ? 1 : 0;
        double low = Math.min(
                none,
                differences()
                        .mapToDouble(one -> one.lower().orElse(one.change()))
                        .min()
                        .orElse(none));
        double high = Math.max(
                none,
                differences()
                        .mapToDouble(one -> one.upper().orElse(one.change()))
                        .max()
                        .orElse(none));
        double room = Math.max((high - low) * 0.12, ratio ? 0.05 : 1e-6);
        Scale x = new Scale(low - room, high + room, left, width - 14);
        double bottom = top + (runs.size() - 1) * row;
        List<Double> ticks = x.ticks(narrow ? 4 : 9);
        for (double tick : ticks) {
            drawing.line(x.at(tick), top - 6, x.at(tick), bottom, "grid");
            drawing.text(
                    x.at(tick),
                    bottom + 14,
                    texts.change(ratio, Math.abs(tick) < 1e-12 ? 0 : tick, metric.unit()),
                    "axis middle");
        }
        drawing.line(x.at(none), top - 10, x.at(none), bottom, "nodifference");
        drawing.text(x.at(none) + 4, top - 10, texts.text("compare.noDifference"), "bandlabel");
        for (int i = 1; i < runs.size(); i++) {
            double middle = top + (i - 1) * row + row / 2 + (narrow ? 8 : 2);
            label(drawing, middle, runs.get(i).label() + " / " + runs.get(0).label());
            Optional<ResultComparison.Difference> difference =
                    figure.entries().get(i).flatMap(ResultComparison.Entry::difference);
            difference.ifPresent(one -> change(drawing, x, middle, one));
        }
    }

    private Stream<ResultComparison.Difference> differences() {
        return figure.entries().stream().flatMap(entry -> entry.flatMap(ResultComparison.Entry::difference).stream());
    }

    private void change(Drawing drawing, Scale x, double middle, ResultComparison.Difference difference) {
        String said = texts.change(difference.ratio(), difference.change(), metric.unit());
        if (difference.lower().isPresent() && difference.upper().isPresent()) {
            double lower = x.clamped(difference.lower().get());
            double upper = x.clamped(difference.upper().get());
            drawing.line(lower, middle, upper, middle, "interval");
            drawing.line(lower, middle - 5, lower, middle + 5, "interval");
            drawing.line(upper, middle - 5, upper, middle + 5, "interval");
        }
        double at = x.clamped(difference.change());
        drawing.dot(at, middle, 5, true, difference.real() ? "platform" : "apart", said);
        drawing.text(at, middle - 9, said, "value strong middle");
    }
}
