package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.CategoryTable;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every sample: in order of execution, as a distribution, and as a table. */
final class SamplesSection {
    /** So many scenarios have their pictures open; the rest can be unfolded. */
    private static final int OPEN = 4;

    private final Texts texts;
    private final JudgedResult judged;
    private final Overview overview;

    SamplesSection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
        this.overview = new Overview(judged);
    }

    void write(Markup html) {
        if (judged.result().samples().isEmpty()) {
            return;
        }
        List<Metric> charted =
                overview.metrics().stream().filter(overview::hasValues).toList();
        html.open("section").line();
        html.element("h2", texts.text("section.samples"));
        html.element("p", texts.text("samples.explained"), "class", "note");
        List<Metric> dotted = charted.stream()
                .filter(metric ->
                        metric.equals(overview.downtime()) || !metric.id().startsWith("downtime."))
                .sorted((a, b) -> Boolean.compare(!a.equals(overview.downtime()), !b.equals(overview.downtime())))
                .toList();
        List<String> scenarios = judged.result().scenarios();
        for (int i = 0; i < scenarios.size(); i++) {
            scenario(html, scenarios.get(i), dotted, i < OPEN);
        }
        html.element("h3", texts.text("section.distribution"));
        html.element("p", texts.text("distribution.explained"), "class", "note");
        for (Metric metric : charted) {
            html.open("figure").line();
            html.element("figcaption", texts.metric(metric.id()));
            html.append(new DistributionChart(texts, judged, metric, false).draw());
            html.append(new DistributionChart(texts, judged, metric, true).draw());
            html.close().line();
        }
        table(html);
        html.close().line();
    }

    private void scenario(Markup html, String scenario, List<Metric> metrics, boolean open) {
        if (open) {
            html.element("h3", scenario);
        } else {
            html.open("details").element("summary", scenario);
        }
        for (Metric metric : metrics) {
            html.open("figure").line();
            html.element("figcaption", texts.metric(metric.id()));
            html.append(new SamplesChart(texts, judged, scenario, metric, false).draw());
            html.append(new SamplesChart(texts, judged, scenario, metric, true).draw());
            html.close().line();
        }
        if (!open) {
            html.close().line();
        }
    }

    private void table(Markup html) {
        html.element("h3", texts.text("section.table"));
        html.element("p", texts.text("samples.bounds"), "class", "note");
        List<String> titles = new ArrayList<>(List.of(
                HtmlTable.number("№"),
                texts.text("column.scenario"),
                texts.text("column.move"),
                texts.text("column.outcome")));
        for (Metric metric : overview.metrics()) {
            titles.add(HtmlTable.number(texts.text("short." + metric.id())));
            if (metric.equals(overview.downtime())) {
                titles.add(texts.text("column.category"));
            }
        }
        overview.payload().ifPresent(metric -> titles.add(HtmlTable.number(texts.text("short." + metric.id()))));
        titles.add(texts.text("column.state"));
        HtmlTable table = new HtmlTable(html, "samples", titles);
        for (Sample sample : judged.result().samples()) {
            table.row(sample.warmup() ? "apart" : sample.outcome().succeeded() ? "" : "bad")
                    .number("#" + sample.order(), "")
                    .cell(sample.scenario())
                    .cell(Overview.path(sample))
                    .cell(outcome(sample));
            for (Metric metric : overview.metrics()) {
                value(table, sample, metric);
                if (metric.equals(overview.downtime())) {
                    category(table, sample, metric);
                }
            }
            overview.payload().ifPresent(metric -> value(table, sample, metric));
            table.cell(sample.state()
                            .map(state -> state.kept() ? texts.text("state.kept") : texts.text("state.lost"))
                            .orElse("–"))
                    .endRow();
        }
        table.end();
    }

    private String outcome(Sample sample) {
        if (sample.outcome().succeeded()) {
            return sample.warmup() ? texts.text("warmup") : "✓";
        }
        return "✕ " + Samples.cause(sample, texts);
    }

    private void value(HtmlTable table, Sample sample, Metric metric) {
        Optional<Figure> figure = sample.figure(metric);
        String bounds = figure.filter(Figure.Measured.class::isInstance)
                .map(Figure.Measured.class::cast)
                .filter(measured -> measured.lower() < measured.upper())
                .map(measured -> QuantityText.text(measured.lower(), metric.unit()) + " – "
                        + QuantityText.text(measured.upper(), metric.unit()))
                .orElse("");
        table.number(figure.map(value -> texts.figure(value, metric.unit())).orElse("–"), bounds);
    }

    /** A migration that failed may well have had no downtime: that is no merit. */
    private void category(HtmlTable table, Sample sample, Metric metric) {
        CategoryEdges edges = judged.verdict().categories().get(metric.id());
        Optional<Figure> figure = sample.figure(metric);
        if (edges == null || figure.isEmpty() || !sample.outcome().succeeded()) {
            table.category("", 0, false, "");
            return;
        }
        CategoryTable categories = new CategoryTable(edges, metric.better());
        Optional<CategoryTable.Placement> placement = categories.place(figure.get());
        int last = Math.max(1, categories.classes().size() - 1);
        table.category(
                placement.map(place -> texts.category(place.category())).orElse(""),
                placement.map(place -> Math.round(3f * place.rank() / last)).orElse(0),
                placement.map(CategoryTable.Placement::straddles).orElse(false),
                placement.map(CategoryTable.Placement::category).orElse(""));
    }
}
