package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The network's quality before, during and after: medians of each scenario and direction, and every sample. */
final class QualitySection {
    private static final char NO_BREAK = '\u00A0';
    private static final List<String> FAMILIES = List.of(
            "throughput",
            "throughput.oneWay",
            "throughput.oneWayBack",
            "delay.rtt",
            "delay.oneWay",
            "delay.oneWayBack",
            "spacing.mean",
            "jitter.rfc3550",
            "jitter.spacingVariation",
            "jitter.rttStdDev",
            "loss",
            "loss.oneWay",
            "loss.oneWayBack",
            "qos.index");

    private final Texts texts;
    private final JudgedResult judged;
    private final Overview overview;
    private final CategoryCell categories;

    QualitySection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
        this.overview = new Overview(judged);
        this.categories = new CategoryCell(texts, judged);
    }

    /** Nothing if no quality was measured. */
    void write(Markup html) {
        List<String> families = FAMILIES.stream()
                .filter(family -> metrics(family).stream().anyMatch(overview::hasValues))
                .toList();
        if (families.isEmpty()) {
            return;
        }
        html.open("section").line();
        html.element("h2", texts.text("section.quality"));
        html.element("p", texts.text("quality.explained"), "class", "note");
        medians(html, families);
        html.open("details").element("summary", texts.text("quality.samples"));
        samples(html, families);
        html.close().close().line();
    }

    private static List<Metric> metrics(String family) {
        return Metrics.PARTS.stream()
                .map(part -> Metrics.find(family + "." + part).orElseThrow())
                .toList();
    }

    private void medians(Markup html, List<String> families) {
        List<String> titles = new ArrayList<>(
                List.of(texts.text("column.scenario"), texts.text("column.move"), texts.text("column.quality")));
        Metrics.PARTS.forEach(part -> {
            titles.add(HtmlTable.number(texts.text("part." + part)));
            titles.add(texts.text("column.category"));
        });
        HtmlTable table = new HtmlTable(html, "summary", titles);
        for (Overview.Row row : overview.rows()) {
            for (String family : families) {
                table.row("").head(row.scenario()).cell(row.path()).cell(texts.text("metric." + family));
                for (Metric metric : metrics(family)) {
                    median(table, overview.summary(row, metric), metric);
                }
                table.endRow();
            }
        }
        table.end();
    }

    private void median(HtmlTable table, Optional<Summary> summary, Metric metric) {
        Optional<Summary.Spread> spread = summary.flatMap(Summary::spread);
        if (spread.isEmpty()) {
            table.number("–", "").category("", 0, false, "");
            return;
        }
        Summary.Spread values = spread.get();
        table.number(
                texts.quantity(values.median(), values.medianIsAtLeast(), metric.unit()),
                "[" + texts.quantity(values.worst(), values.worstIsAtLeast(), metric.unit()) + "]");
        categories.write(table, summary, metric);
    }

    private void samples(Markup html, List<String> families) {
        List<String> titles = new ArrayList<>(
                List.of(HtmlTable.number("№"), texts.text("column.scenario"), texts.text("column.move")));
        families.forEach(family -> titles.add(texts.text("metric." + family)));
        HtmlTable table = new HtmlTable(html, "quality", titles);
        for (Sample sample : judged.result().samples()) {
            table.row(sample.warmup() ? "apart" : sample.outcome().succeeded() ? "" : "bad")
                    .number("#" + sample.order(), "")
                    .cell(sample.scenario())
                    .cell(Overview.path(sample));
            families.forEach(family -> table.cell(parts(sample, family)));
            table.endRow();
        }
        table.end();
    }

    /** The three values of a sample in one cell: {@code 0.3 ms · 12 ms · 0.3 ms}. */
    private String parts(Sample sample, String family) {
        List<String> values = new ArrayList<>();
        for (Metric metric : metrics(family)) {
            Optional<Figure> figure = sample.figure(metric);
            String value =
                    figure.map(known -> texts.figure(known, metric.unit())).orElse("–");
            values.add(value.replace(' ', NO_BREAK));
        }
        return String.join(" · ", values);
    }
}
