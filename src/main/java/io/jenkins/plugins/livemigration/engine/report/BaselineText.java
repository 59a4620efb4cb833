package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.verdict.regression.AgainstBaseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.FigureVerdict;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RegressionReport;
import io.jenkins.plugins.livemigration.engine.verdict.regression.SkippedBuild;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the run compares with its baseline, in a terminal: the figures that gate, what changed, and what was left out. */
final class BaselineText {
    private final Texts texts;
    private final TerminalStyle style;

    BaselineText(Texts texts, TerminalStyle style) {
        this.texts = texts;
        this.style = style;
    }

    void write(RegressionReport report, TerminalText out) {
        out.blank();
        out.line(texts.text("section.baseline"), TerminalText.Tone.STRONG);
        if (!report.builds().isEmpty()) {
            out.wrapped(texts.text("baseline.builds", report.builds().size(), shortened(report.builds())));
        }
        out.blank();
        TextTable table = new TextTable(List.of(
                TextTable.Column.text(texts.text("column.scenario")),
                TextTable.Column.text(texts.text("column.metric")),
                TextTable.Column.number(texts.text("column.median")),
                TextTable.Column.number(texts.text("column.baseline")),
                TextTable.Column.number(texts.text("column.change")).spare(2),
                TextTable.Column.number("p").spare(3),
                TextTable.Column.number("q"),
                TextTable.Column.number(texts.text("column.detectable")).spare(1)));
        List<FigureVerdict> primary =
                report.figures().stream().filter(FigureVerdict::primary).toList();
        primary.forEach(figure -> table.add(row(figure)));
        if (!primary.isEmpty()) {
            table.print(out, style.width());
            out.blank();
        }
        report.confirmation().ifPresent(confirmation -> {
            // Those that alarm still are told with the verdict.
            confirmation.rounds().stream()
                    .filter(round -> !round.confirmed())
                    .forEach(round -> out.item(texts.of(round.sentence())));
        });
        report.notes().forEach(note -> out.item(texts.of(note)));
        skipped(report.skipped(), out);
    }

    private List<TextTable.Cell> row(FigureVerdict figure) {
        Metric metric = Metrics.find(figure.metric()).orElseThrow();
        Optional<AgainstBaseline> against = figure.against();
        TerminalText.Tone tone = figure.alarmed() ? TerminalText.Tone.BAD : TerminalText.Tone.PLAIN;
        String change = against.map(known -> texts.change(known.ratio(), known.change(), metric.unit()))
                .orElse("–");
        String interval = against.map(
                        known -> " " + texts.changes(known.ratio(), known.lower(), known.upper(), metric.unit()))
                .orElse("");
        return List.of(
                TextTable.Cell.of(figure.scenario()),
                TextTable.Cell.of(figure.metric()),
                TextTable.Cell.of(QuantityText.text(figure.median(), metric.unit())),
                TextTable.Cell.of(against.map(known -> QuantityText.text(known.baselineMedian(), metric.unit()))
                        .orElse("–")),
                new TextTable.Cell(change + interval, change, tone),
                TextTable.Cell.of(
                        against.map(known -> texts.probability(known.p())).orElse("–")),
                TextTable.Cell.of(
                        against.map(known -> texts.probability(known.q())).orElse("–")),
                TextTable.Cell.of(against.map(known -> texts.change(known.ratio(), known.detectable(), metric.unit()))
                        .orElse("–")));
    }

    private void skipped(List<SkippedBuild> skipped, TerminalText out) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        skipped.forEach(build -> reasons.merge(texts.of(build.reason()), 1, Integer::sum));
        reasons.forEach((reason, count) -> out.item(texts.text("baseline.left", count, reason)));
    }

    private static String shortened(List<String> labels) {
        return labels.size() <= 3 ? String.join(", ", labels) : labels.get(0) + ", …, " + labels.get(labels.size() - 1);
    }
}
