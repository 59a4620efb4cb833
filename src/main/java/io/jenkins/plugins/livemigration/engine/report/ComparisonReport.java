package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.verdict.regression.EnvironmentChange;
import io.jenkins.plugins.livemigration.engine.verdict.regression.ResultComparison;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs side by side: a page with a picture for each figure and its numbers beside it, and a table for a terminal. */
public final class ComparisonReport {
    private final Texts texts;
    private final List<ResultComparison.Named> runs;
    private final ResultComparison comparison;

    /**
     * A report on a comparison.
     *
     * @param runs those that were compared, the reference first
     */
    public ComparisonReport(Locale language, List<ResultComparison.Named> runs, ResultComparison comparison) {
        this.texts = new Texts(language);
        this.runs = List.copyOf(runs);
        this.comparison = comparison;
    }

    /** {@code comparison.html} and {@code report.css}; the first is the one to open. */
    public List<Report.File> page() {
        Markup html = new Markup();
        html.open("header").line();
        html.element("p", texts.text("page.product"), "class", "product");
        html.element("h1", String.join(" / ", comparison.labels()));
        html.element("p", texts.text("compare.explained", comparison.labels().get(0)));
        html.close().line().open("main").line();
        environment(html);
        for (ResultComparison.ComparedFigure figure : comparison.figures()) {
            Metric metric = Metrics.find(figure.metric()).orElseThrow();
            html.open("section").element("h2", texts.metric(figure.metric()) + " – " + figure.scenario());
            html.open("figure");
            html.append(new ComparisonChart(texts, runs, figure, metric, false).draw());
            html.append(new ComparisonChart(texts, runs, figure, metric, true).draw());
            html.close().line();
            table(html, figure, metric);
            html.close().line();
        }
        html.element("p", texts.text("compare.caution"), "class", "note");
        html.close().line();
        html.element("footer", texts.text("page.footer", runs.get(0).run().engineVersion()));
        String title = String.join(" / ", comparison.labels());
        return Page.files("comparison.html", texts, title, html);
    }

    private void environment(Markup html) {
        html.open("ul");
        for (ResultComparison.Named run : runs.subList(1, runs.size())) {
            for (EnvironmentChange change : EnvironmentChange.between(
                    runs.get(0).run().environment(), run.run().environment())) {
                html.element("li", run.label() + ": " + change);
            }
        }
        html.close().line();
    }

    private void table(Markup html, ResultComparison.ComparedFigure figure, Metric metric) {
        HtmlTable table = new HtmlTable(
                html,
                "compare",
                List.of(
                        texts.text("column.run"),
                        HtmlTable.number("n"),
                        HtmlTable.number(texts.text("column.median")),
                        HtmlTable.number(texts.text("column.change")),
                        HtmlTable.number(texts.text("column.atMost")),
                        HtmlTable.number("p"),
                        HtmlTable.number("q"),
                        texts.text("column.difference")));
        for (int i = 0; i < runs.size(); i++) {
            Optional<ResultComparison.Entry> entry = figure.entries().get(i);
            Optional<ResultComparison.Difference> difference = entry.flatMap(ResultComparison.Entry::difference);
            table.row(difference.map(ResultComparison.Difference::real).orElse(false) ? "differs" : "")
                    .head(runs.get(i).label())
                    .number(entry.map(one -> Integer.toString(one.n())).orElse("0"), "")
                    .number(median(entry, metric), "")
                    .number(change(difference, metric), interval(difference, metric))
                    .number(atMost(difference, metric), "")
                    .number(difference.map(one -> texts.probability(one.p())).orElse("–"), "")
                    .number(difference.map(one -> texts.probability(one.q())).orElse("–"), "")
                    .cell(i == 0 ? texts.text("compare.reference") : said(difference))
                    .endRow();
        }
        table.end();
    }

    /** The table for a terminal, with a line feed after every line. */
    public String text(TerminalStyle style) {
        TerminalText out = new TerminalText(style);
        TextTable table = new TextTable(List.of(
                TextTable.Column.text(texts.text("column.scenario")).spare(5),
                TextTable.Column.text(texts.text("column.metric")),
                TextTable.Column.text(texts.text("column.run")),
                TextTable.Column.number("n"),
                TextTable.Column.number(texts.text("column.median")),
                TextTable.Column.number(texts.text("column.change")),
                TextTable.Column.number(texts.text("column.atMost")),
                TextTable.Column.number("p").spare(4),
                TextTable.Column.number("q"),
                TextTable.Column.text(texts.text("column.difference"))));
        for (ResultComparison.ComparedFigure figure : comparison.figures()) {
            Metric metric = Metrics.find(figure.metric()).orElseThrow();
            for (int i = 0; i < runs.size(); i++) {
                Optional<ResultComparison.Entry> entry = figure.entries().get(i);
                Optional<ResultComparison.Difference> difference = entry.flatMap(ResultComparison.Entry::difference);
                boolean real = difference.map(ResultComparison.Difference::real).orElse(false);
                String interval = interval(difference, metric);
                table.add(List.of(
                        TextTable.Cell.of(figure.scenario()),
                        TextTable.Cell.of(figure.metric()),
                        TextTable.Cell.of(runs.get(i).label()),
                        TextTable.Cell.of(
                                entry.map(one -> Integer.toString(one.n())).orElse("0")),
                        TextTable.Cell.of(median(entry, metric)),
                        TextTable.Cell.of(change(difference, metric) + (interval.isEmpty() ? "" : " " + interval)),
                        TextTable.Cell.of(atMost(difference, metric)),
                        TextTable.Cell.of(difference
                                .map(one -> texts.probability(one.p()))
                                .orElse("–")),
                        TextTable.Cell.of(difference
                                .map(one -> texts.probability(one.q()))
                                .orElse("–")),
                        new TextTable.Cell(
                                i == 0 ? texts.text("compare.reference") : said(difference),
                                "",
                                real ? TerminalText.Tone.STRONG : TerminalText.Tone.PLAIN)));
            }
        }
        table.print(out, style.width());
        out.blank();
        out.wrapped(texts.text("compare.caution"));
        return out.text();
    }

    private static String median(Optional<ResultComparison.Entry> entry, Metric metric) {
        return entry.map(one -> QuantityText.text(one.median(), metric.unit())).orElse("–");
    }

    private String change(Optional<ResultComparison.Difference> difference, Metric metric) {
        return difference
                .map(one -> texts.change(one.ratio(), one.change(), metric.unit()))
                .orElse("–");
    }

    private String interval(Optional<ResultComparison.Difference> difference, Metric metric) {
        return difference
                .filter(one -> one.lower().isPresent() && one.upper().isPresent())
                .map(one -> texts.changes(
                        one.ratio(), one.lower().orElseThrow(), one.upper().orElseThrow(), metric.unit()))
                .orElse("");
    }

    private String atMost(Optional<ResultComparison.Difference> difference, Metric metric) {
        return difference
                .flatMap(one -> one.atMost().map(bound -> texts.change(one.ratio(), bound, metric.unit())))
                .orElse("–");
    }

    private String said(Optional<ResultComparison.Difference> difference) {
        if (difference.isEmpty()) {
            return "–";
        }
        if (!difference.get().real()) {
            return difference.get().q() < ResultComparison.LEVEL
                    ? texts.text("compare.tooSmall")
                    : texts.text("compare.notReal");
        }
        return difference.get().better() ? texts.text("compare.better") : texts.text("compare.worse");
    }
}
