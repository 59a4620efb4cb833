package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.AgainstBaseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.EnvironmentChange;
import io.jenkins.plugins.livemigration.engine.verdict.regression.FigureVerdict;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RegressionReport;
import io.jenkins.plugins.livemigration.engine.verdict.regression.SkippedBuild;
import java.util.List;
import java.util.Optional;

/** How the run compares with its baseline: every figure with its numbers, what changed, and what was left out. */
final class BaselineSection {
    private final Texts texts;
    private final Optional<RegressionReport> regression;

    BaselineSection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.regression = judged.verdict().regression();
    }

    void write(Markup html) {
        regression.ifPresent(report -> write(html, report));
    }

    private void write(Markup html, RegressionReport report) {
        html.open("section", "id", "baseline")
                .element("h2", texts.text("section.baseline"))
                .line();
        html.element("p", texts.of(report.sentence()));
        if (!report.builds().isEmpty()) {
            html.element(
                    "p",
                    texts.text("baseline.builds", report.builds().size(), String.join(", ", report.builds())),
                    "class",
                    "note");
        }
        changes(html, report.changes());
        figures(html, report.figures().stream().filter(FigureVerdict::primary).toList());
        html.element("p", texts.text("baseline.explained"), "class", "note");
        if (!report.notes().isEmpty()) {
            html.open("ul");
            report.notes().forEach(note -> html.element("li", texts.of(note)));
            html.close().line();
        }
        List<FigureVerdict> others =
                report.figures().stream().filter(figure -> !figure.primary()).toList();
        if (!others.isEmpty()) {
            html.open("details").element("summary", texts.text("baseline.others", others.size()));
            figures(html, others);
            html.close().line();
        }
        skipped(html, report.skipped());
        html.close().line();
    }

    private void changes(Markup html, List<EnvironmentChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        HtmlTable table = new HtmlTable(
                html,
                "changes",
                List.of(
                        texts.text("column.host"),
                        texts.text("column.fact"),
                        texts.text("column.before"),
                        texts.text("column.now")));
        for (EnvironmentChange change : changes) {
            table.row("differs")
                    .head(change.host())
                    .cell(change.fact())
                    .cell(change.before().isEmpty() ? "?" : change.before())
                    .cell(change.after().isEmpty() ? "?" : change.after())
                    .endRow();
        }
        table.end();
    }

    private void figures(Markup html, List<FigureVerdict> figures) {
        HtmlTable table = new HtmlTable(
                html,
                "baseline",
                List.of(
                        texts.text("column.scenario"),
                        texts.text("column.metric"),
                        HtmlTable.number(texts.text("column.median")),
                        HtmlTable.number(texts.text("column.baseline")),
                        HtmlTable.number(texts.text("column.change")),
                        HtmlTable.number("p"),
                        HtmlTable.number("q"),
                        HtmlTable.number(texts.text("column.detectable")),
                        texts.text("column.verdict")));
        for (FigureVerdict figure : figures) {
            Metric metric = Metrics.find(figure.metric()).orElseThrow();
            table.row(figure.alarmed() ? "differs" : "")
                    .head(figure.scenario())
                    .cell(texts.metric(figure.metric()))
                    .number(QuantityText.text(figure.median(), metric.unit()), "n = " + figure.n());
            if (figure.against().isPresent()) {
                AgainstBaseline against = figure.against().get();
                table.number(
                                QuantityText.text(against.baselineMedian(), metric.unit()),
                                "k = " + figure.builds().size())
                        .number(
                                texts.change(against.ratio(), against.change(), metric.unit()),
                                texts.changes(against.ratio(), against.lower(), against.upper(), metric.unit()))
                        .number(texts.probability(against.p()), "")
                        .number(texts.probability(against.q()), "")
                        .number(texts.change(against.ratio(), against.detectable(), metric.unit()), "");
            } else {
                table.number("–", "k = " + figure.builds().size())
                        .number("–", "")
                        .number("–", "")
                        .number("–", "")
                        .number("–", "");
            }
            table.cell(texts.status(figure.status())
                            + (figure.mute().isPresent() ? " (" + texts.text("baseline.muted") + ")" : ""))
                    .endRow();
        }
        table.end();
    }

    private void skipped(Markup html, List<SkippedBuild> skipped) {
        if (skipped.isEmpty()) {
            return;
        }
        html.open("details").element("summary", texts.text("baseline.skipped", skipped.size()));
        html.open("ul");
        for (SkippedBuild build : skipped) {
            html.element("li", build.label() + ": " + texts.of(build.reason()));
        }
        html.close().close().line();
    }
}
