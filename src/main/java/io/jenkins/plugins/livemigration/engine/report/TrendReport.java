package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.EnvironmentChange;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Trend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds in a row: a page with a picture for each figure and its numbers beside it, and a table for a terminal. */
public final class TrendReport {
    private final Texts texts;
    private final String benchmark;
    private final TrendView view;
    private final List<Trend.Series> shown;

    /**
     * A report on a trend.
     *
     * @param metrics those that are shown
     */
    public TrendReport(Locale language, String benchmark, TrendView view, Collection<Metric> metrics) {
        this.texts = new Texts(language);
        this.benchmark = benchmark;
        this.view = view;
        List<String> ids = metrics.stream().map(Metric::id).toList();
        this.shown = view.trend().series().stream()
                .filter(series -> ids.contains(series.metric()))
                .sorted(Comparator.comparing(series -> ids.indexOf(series.metric())))
                .toList();
    }

    /** {@code trend.html} and {@code report.css}; the first is the one to open. */
    public List<Report.File> page() {
        return Page.files("trend.html", texts, texts.text("trend.page", benchmark), content());
    }

    private Markup content() {
        Markup html = new Markup();
        html.open("header").line();
        html.element("p", texts.text("page.product"), "class", "product");
        html.element("h1", texts.text("trend.page", benchmark));
        html.element("p", texts.text("trend.explained"), "class", "note");
        if (view.otherPlans() > 0) {
            html.element("p", texts.text("trend.otherPlans", view.otherPlans()));
        }
        html.close().line().open("main").line();
        for (Trend.Series series : shown) {
            Metric metric = Metrics.find(series.metric()).orElseThrow();
            html.open("section").element("h2", texts.metric(series.metric()) + " – " + series.scenario());
            html.open("figure");
            html.append(new TrendChart(texts, view, series, metric, false).draw());
            html.append(new TrendChart(texts, view, series, metric, true).draw());
            html.close().close().line();
        }
        html.open("section").element("h2", texts.text("figures"));
        table(html);
        html.close().close().line();
        return html;
    }

    private void table(Markup html) {
        List<String> titles = new ArrayList<>(List.of(
                HtmlTable.number("#"),
                texts.text("column.run"),
                texts.text("column.verdict"),
                texts.text("column.changed")));
        shown.forEach(series -> titles.add(HtmlTable.number(series.scenario() + ": " + texts.metric(series.metric()))));
        HtmlTable table = new HtmlTable(html, "trend", titles);
        for (int i = 0; i < view.builds().size(); i++) {
            TrendView.Build build = view.builds().get(i);
            table.row(build.measured() ? "" : "apart")
                    .number(Integer.toString(i + 1), "")
                    .head(build.label())
                    .cell(verdict(build))
                    .cell(changed(build));
            for (Trend.Series series : shown) {
                Metric metric = Metrics.find(series.metric()).orElseThrow();
                Optional<Trend.Point> point = point(series, build);
                table.number(
                        point.map(one -> QuantityText.text(one.median(), metric.unit()))
                                .orElse("–"),
                        point.flatMap(one -> interval(one, metric)).orElse(""));
            }
            table.endRow();
        }
        table.end();
    }

    /** The table for a terminal, with a line feed after every line. */
    public String text(TerminalStyle style) {
        TerminalText out = new TerminalText(style);
        out.line(texts.text("trend.page", benchmark), TerminalText.Tone.STRONG);
        out.blank();
        List<TextTable.Column> columns = new ArrayList<>(List.of(
                TextTable.Column.number("#"),
                TextTable.Column.text(texts.text("column.run")),
                TextTable.Column.text(texts.text("column.verdict"))));
        shown.forEach(series -> columns.add(TextTable.Column.number(series.metric() + " " + series.scenario())));
        TextTable table = new TextTable(columns);
        for (int i = 0; i < view.builds().size(); i++) {
            TrendView.Build build = view.builds().get(i);
            List<TextTable.Cell> row = new ArrayList<>();
            row.add(TextTable.Cell.of(Integer.toString(i + 1)));
            row.add(TextTable.Cell.of(build.label()));
            row.add(new TextTable.Cell(
                    verdict(build),
                    "",
                    build.status()
                                    .filter(one -> one.compareTo(Status.UNSTABLE) >= 0)
                                    .isPresent()
                            ? TerminalText.Tone.BAD
                            : TerminalText.Tone.PLAIN));
            for (Trend.Series series : shown) {
                Metric metric = Metrics.find(series.metric()).orElseThrow();
                row.add(TextTable.Cell.of(
                        point(series, build).map(one -> median(one, metric)).orElse("–")));
            }
            table.add(row);
        }
        table.print(out, style.width());
        out.blank();
        for (Trend.EnvironmentMark mark : view.trend().marks()) {
            out.item(texts.text("trend.changedAt", view.index(mark.build()) + 1, said(mark)));
        }
        for (Trend.Series series : shown) {
            for (String label : series.changePoints()) {
                out.item(texts.text("trend.changePoint", series.scenario(), series.metric(), view.index(label) + 1));
            }
        }
        if (view.otherPlans() > 0) {
            out.item(texts.text("trend.otherPlans", view.otherPlans()));
        }
        return out.text();
    }

    /** A build's median with its interval. */
    static String median(Trend.Point point, Metric metric) {
        return QuantityText.text(point.median(), metric.unit())
                + interval(point, metric).map(text -> " " + text).orElse("");
    }

    private static Optional<String> interval(Trend.Point point, Metric metric) {
        return point.lower()
                .map(lower -> "[" + QuantityText.text(lower, metric.unit()) + ", "
                        + QuantityText.text(point.upper().orElse(lower), metric.unit()) + "]");
    }

    private static Optional<Trend.Point> point(Trend.Series series, TrendView.Build build) {
        return series.points().stream()
                .filter(point -> point.build().equals(build.label()))
                .findFirst();
    }

    private String verdict(TrendView.Build build) {
        return build.status()
                .map(status -> HeadSection.glyph(status) + " " + texts.status(status))
                .orElse("✕ " + texts.text("trend.noFigures"));
    }

    private String changed(TrendView.Build build) {
        return view.trend().marks().stream()
                .filter(mark -> mark.build().equals(build.label()))
                .map(TrendReport::said)
                .collect(Collectors.joining("; "));
    }

    private static String said(Trend.EnvironmentMark mark) {
        return mark.changes().stream().map(EnvironmentChange::toString).collect(Collectors.joining(", "));
    }
}
