package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.verdict.DirectionContrast;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The first table: what every scenario says in each direction, and whether the directions differ. */
final class SummarySection {
    private final Texts texts;
    private final JudgedResult judged;
    private final Overview overview;
    private final CategoryCell categories;

    SummarySection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
        this.overview = new Overview(judged);
        this.categories = new CategoryCell(texts, judged);
    }

    void write(Markup html) {
        html.open("section").line();
        html.element("h2", texts.text("section.summary"));
        if (overview.rows().isEmpty()) {
            html.element("p", texts.text("summary.none"));
        } else {
            table(html);
            html.open("p", "class", "note")
                    .text(texts.text("legend.medianAndWorst") + " " + texts.text("summary.legend"))
                    .close();
            absences(html);
            directions(html);
        }
        html.close().line();
    }

    private void table(Markup html) {
        List<String> titles = new ArrayList<>(List.of(texts.text("column.scenario"), texts.text("column.move"), "#n"));
        for (Metric metric : overview.metrics()) {
            titles.add(HtmlTable.number(texts.text("short." + metric.id())));
        }
        titles.add(texts.text("column.category"));
        overview.payload().ifPresent(metric -> titles.add(HtmlTable.number(texts.text("short." + metric.id()))));
        HtmlTable table = new HtmlTable(html, "summary", titles);
        for (Overview.Row row : overview.rows()) {
            table.row("").head(row.scenario()).cell(row.path());
            table.number(
                    Integer.toString(row.n()), row.failed() == 0 ? "" : texts.text("summary.failed", row.failed()));
            for (Metric metric : overview.metrics()) {
                values(table, overview.summary(row, metric), metric);
            }
            categories.write(table, overview.summary(row, overview.downtime()), overview.downtime());
            overview.payload().ifPresent(metric -> {
                Optional<Summary.Spread> spread = overview.summary(row, metric).flatMap(Summary::spread);
                table.number(
                        spread.map(value -> QuantityText.text(value.median(), metric.unit()))
                                .orElse("–"),
                        "");
            });
            table.endRow();
        }
        table.end();
    }

    private void values(HtmlTable table, Optional<Summary> summary, Metric metric) {
        Optional<Summary.Spread> spread = summary.flatMap(Summary::spread);
        if (spread.isEmpty()) {
            table.number("–", "");
            return;
        }
        String worst = texts.quantity(spread.get().worst(), spread.get().worstIsAtLeast(), metric.unit());
        String interval = spread.get()
                .medianInterval()
                .map(bounds -> " "
                        + texts.text(
                                "summary.interval",
                                QuantityText.text(bounds.lower(), metric.unit()),
                                texts.quantity(bounds.upper(), bounds.upperIsAtLeast(), metric.unit())))
                .orElse("");
        table.number(
                texts.quantity(spread.get().median(), spread.get().medianIsAtLeast(), metric.unit()),
                "[" + worst + "]" + interval);
    }

    private void absences(Markup html) {
        List<String> lines = new ArrayList<>();
        for (Summary summary : judged.verdict().summaries()) {
            if (summary.direction().isEmpty()) {
                summary.absent()
                        .forEach(absent -> lines.add(summary.scenario() + ": "
                                + texts.text(
                                        "legend.absent",
                                        texts.metric(summary.metric()) + " – " + texts.of(absent.reason()),
                                        absent.count())));
            }
        }
        if (!lines.isEmpty()) {
            html.open("ul", "class", "note");
            lines.forEach(line -> html.element("li", line));
            html.close().line();
        }
    }

    private void directions(Markup html) {
        List<DirectionContrast> contrasts = new ArrayList<>();
        overview.metrics().stream()
                .sorted(Comparator.comparing(metric -> !metric.equals(overview.downtime())))
                .forEach(metric -> contrasts.addAll(DirectionContrast.of(judged.result(), metric)));
        if (contrasts.isEmpty()) {
            return;
        }
        html.element("h3", texts.text("section.directions"));
        html.element("p", texts.text("directions.explained"), "class", "note");
        List<DirectionContrast> groups = contrasts.stream()
                .filter(contrast -> contrast.scenario().endsWith("/*"))
                .toList();
        if (groups.isEmpty()) {
            contrasts(html, contrasts);
            return;
        }
        contrasts(html, groups);
        contrasts.removeAll(groups);
        html.open("details").element("summary", texts.text("directions.each", contrasts.size()));
        contrasts(html, contrasts);
        html.close().line();
    }

    private void contrasts(Markup html, List<DirectionContrast> contrasts) {
        HtmlTable table = new HtmlTable(
                html,
                "directions",
                List.of(
                        texts.text("column.scenario"),
                        texts.text("column.metric"),
                        HtmlTable.number(texts.text("directions.out")),
                        HtmlTable.number(texts.text("directions.back")),
                        HtmlTable.number(texts.text("directions.difference")),
                        HtmlTable.number("p"),
                        ""));
        for (DirectionContrast contrast : contrasts) {
            Metric metric = Metrics.find(contrast.metric()).orElseThrow();
            double difference = contrast.backMedian() - contrast.outMedian();
            table.row(contrast.distinct() ? "differs" : "")
                    .head(contrast.scenario())
                    .cell(texts.metric(metric.id()))
                    .number(
                            QuantityText.text(contrast.outMedian(), metric.unit()),
                            texts.text("directions.mean", QuantityText.text(contrast.outMean(), metric.unit())))
                    .number(
                            QuantityText.text(contrast.backMedian(), metric.unit()),
                            texts.text("directions.mean", QuantityText.text(contrast.backMean(), metric.unit())))
                    .number((difference > 0 ? "+" : "") + QuantityText.text(difference, metric.unit()), "")
                    .number(probability(contrast.p()), "")
                    .cell(contrast.distinct() ? "≠ " + texts.text("directions.distinct") : "")
                    .endRow();
        }
        table.end();
    }

    private static String probability(double p) {
        return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }
}
