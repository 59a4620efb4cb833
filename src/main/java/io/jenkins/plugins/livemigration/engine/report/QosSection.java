package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.verdict.CategoryTable;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The network's quality of service before, during and after the migrations, a table for each scenario. */
final class QosSection {
    private static final List<String> PARTS = List.of("before", "during", "after");

    private final Texts texts;
    private final JudgedResult judged;

    QosSection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
    }

    void write(Markup html) {
        Map<String, Map<String, Summary>> scenarios = scenarios();
        if (scenarios.isEmpty()) {
            return;
        }
        html.open("section", "id", "qos").line();
        html.element("h2", texts.text("section.qos"));
        html.element("p", texts.text("qos.explained"), "class", "note");
        scenarios.forEach((scenario, summaries) -> {
            html.element("h3", scenario);
            table(html, summaries);
        });
        html.close().line();
    }

    /** Of each scenario the summaries over both directions, by metric, of metrics that have three parts. */
    private Map<String, Map<String, Summary>> scenarios() {
        Map<String, Map<String, Summary>> scenarios = new LinkedHashMap<>();
        for (Summary summary : judged.verdict().summaries()) {
            boolean wanted = summary.direction().isEmpty()
                    && summary.spread().isPresent()
                    && PARTS.stream().anyMatch(part -> summary.metric().endsWith("." + part));
            if (wanted) {
                scenarios
                        .computeIfAbsent(summary.scenario(), name -> new LinkedHashMap<>())
                        .put(summary.metric(), summary);
            }
        }
        return scenarios;
    }

    private void table(Markup html, Map<String, Summary> summaries) {
        HtmlTable table = new HtmlTable(
                html,
                "qos",
                List.of(
                        texts.text("column.metric"),
                        HtmlTable.number(texts.text("column.before")),
                        "",
                        HtmlTable.number(texts.text("column.during")),
                        "",
                        HtmlTable.number(texts.text("column.after")),
                        ""));
        Metrics.all().stream()
                .map(Metric::id)
                .filter(id -> id.endsWith(".before"))
                .map(id -> id.substring(0, id.length() - "before".length()))
                .filter(stem -> PARTS.stream().anyMatch(part -> summaries.containsKey(stem + part)))
                .forEach(stem -> {
                    table.row("").head(texts.text("metric." + stem.substring(0, stem.length() - 1)));
                    PARTS.forEach(part -> part(table, stem + part, Optional.ofNullable(summaries.get(stem + part))));
                    table.endRow();
                });
        table.end();
    }

    private void part(HtmlTable table, String id, Optional<Summary> summary) {
        Metric metric = Metrics.find(id).orElseThrow();
        Optional<Summary.Spread> spread = summary.flatMap(Summary::spread);
        if (spread.isEmpty()) {
            table.number("–", "").cell("");
            return;
        }
        table.number(
                texts.quantity(spread.get().median(), spread.get().medianIsAtLeast(), metric.unit()),
                "[" + texts.quantity(spread.get().worst(), spread.get().worstIsAtLeast(), metric.unit()) + "]");
        category(table, metric, summary.orElseThrow());
    }

    private void category(HtmlTable table, Metric metric, Summary summary) {
        CategoryEdges edges = judged.verdict().categories().get(metric.id());
        if (summary.category().isEmpty() || edges == null) {
            table.cell("");
            return;
        }
        String name = summary.category().get();
        CategoryTable categories = new CategoryTable(edges, metric.better());
        for (int i = 0; i < categories.classes().size(); i++) {
            if (categories.classes().get(i).name().equals(name)) {
                table.category(
                        texts.category(name),
                        SamplesChart.shade(categories, i),
                        summary.categoryStraddles(),
                        texts.interval(categories.classes(), i, metric.unit()));
                return;
            }
        }
        table.cell(texts.category(name));
    }
}
