package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.List;
import java.util.Optional;

/** How one metric's values are spread: a row per scenario and direction, with quartiles, median and every value. */
final class DistributionChart {
    private static final double ROW = 30;
    private static final double AXIS = 22;

    private final Texts texts;
    private final JudgedResult judged;
    private final Metric metric;
    private final boolean narrow;

    DistributionChart(Texts texts, JudgedResult judged, Metric metric, boolean narrow) {
        this.texts = texts;
        this.judged = judged;
        this.metric = metric;
        this.narrow = narrow;
    }

    Markup draw() {
        Overview overview = new Overview(judged);
        List<Overview.Row> rows = overview.rows();
        double width = narrow ? 400 : 960;
        double left = narrow ? 12 : 210;
        double row = narrow ? ROW + 14 : ROW;
        double bottom = rows.size() * row + 6;
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (Sample sample : judged.result().samples()) {
            Optional<Double> amount = sample.figure(metric).flatMap(Figure::amount);
            if (sample.counts() && amount.isPresent()) {
                smallest = Math.min(smallest, amount.get());
                largest = Math.max(largest, amount.get());
            }
        }
        Scale x = Scale.around(Math.min(smallest, largest), largest, left, width - 14);
        Drawing drawing = new Drawing(
                width,
                bottom + AXIS,
                narrow ? "chart narrow" : "chart wide",
                texts.text("distribution.title", texts.metric(metric.id())));
        drawing.bottomAxis(x, 0, bottom, metric.unit(), 90);
        for (int i = 0; i < rows.size(); i++) {
            Overview.Row current = rows.get(i);
            double middle = i * row + row / 2 + (narrow ? 8 : 2);
            String label = current.scenario() + "  " + current.path();
            drawing.text(
                    narrow ? 0 : left - 12, narrow ? middle - 15 : middle + 4, label, narrow ? "lane" : "lane end");
            overview.summary(current, metric)
                    .flatMap(Summary::spread)
                    .ifPresent(spread -> box(drawing, x, middle, spread));
            values(drawing, x, middle, current);
        }
        return drawing.finish();
    }

    private void box(Drawing drawing, Scale x, double middle, Summary.Spread spread) {
        double low = x.clamped(spread.lowerQuartile());
        double high = x.clamped(spread.upperQuartile());
        drawing.line(
                x.clamped(Math.min(spread.best(), spread.worst())),
                middle,
                x.clamped(Math.max(spread.best(), spread.worst())),
                middle,
                "whisker");
        drawing.rect(low, middle - 9, high - low, 18, "box", "");
        double median = x.clamped(spread.median());
        drawing.line(median, middle - 11, median, middle + 11, "boxmedian");
    }

    private void values(Drawing drawing, Scale x, double middle, Overview.Row row) {
        for (Sample sample : judged.result().samples()) {
            Optional<Figure> figure = sample.figure(metric);
            if (!sample.counts()
                    || !sample.scenario().equals(row.scenario())
                    || sample.direction() != row.direction()
                    || figure.flatMap(Figure::amount).isEmpty()) {
                continue;
            }
            // A fixed wobble by number keeps equal values apart without making two reports differ.
            double wobble = (sample.number() * 5 % 9 - 4) * 1.1;
            drawing.dot(
                    x.clamped(figure.get().amount().orElseThrow()),
                    middle + wobble,
                    3,
                    row.direction() == Direction.OUT,
                    SamplesChart.role(metric) + " thin",
                    "#" + sample.order() + ": " + texts.figure(figure.get(), metric.unit()));
        }
    }
}
