package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.AgainstBaseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Confirmation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.FigureVerdict;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RegressionReport;
import io.jenkins.plugins.livemigration.engine.verdict.regression.SecondRound;
import java.util.List;
import java.util.Optional;

/** The second look at what was suspected: both rounds of each figure side by side, and the second one's samples. */
final class SecondRoundSection {
    private final Texts texts;
    private final JudgedResult judged;

    SecondRoundSection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
    }

    void write(Markup html) {
        judged.secondRound().ifPresent(second -> write(html, second));
    }

    private void write(Markup html, SecondRound second) {
        boolean fresh = second.freshness() == Confirmation.Freshness.FRESH_START;
        html.open("section", "id", "second-round")
                .element(
                        "h2",
                        fresh ? texts.text("section.secondRoundFresh") : texts.text("section.secondRoundSameBoot"))
                .line();
        html.element(
                "p", fresh ? texts.text("secondRound.fresh") : texts.text("secondRound.sameBoot"), "class", "note");
        if (!second.complete()) {
            html.element(
                    "p",
                    texts.text("secondRound.incomplete") + " "
                            + texts.of(second.run().end().reason()));
        }
        judged.verdict().regression().flatMap(RegressionReport::confirmation).ifPresent(confirmation -> {
            rounds(html, confirmation.rounds());
            html.open("ul");
            confirmation.rounds().forEach(round -> html.element("li", texts.of(round.sentence())));
            html.close().line();
        });
        if (!second.run().samples().isEmpty()) {
            html.open("details")
                    .element(
                            "summary",
                            texts.text(
                                    "secondRound.samples",
                                    second.run().samples().size()));
            JudgedResult alone = new JudgedResult(
                    JudgedResult.FORMAT_VERSION,
                    second.run(),
                    new Judge(judged.verdict().categories(), List.of()).judge(second.run()));
            new SamplesSection(texts, alone).write(html);
            html.close().line();
        }
        html.close().line();
    }

    private void rounds(Markup html, List<Confirmation.Round> rounds) {
        HtmlTable table = new HtmlTable(
                html,
                "rounds",
                List.of(
                        texts.text("column.scenario"),
                        texts.text("column.metric"),
                        texts.text("column.round"),
                        HtmlTable.number(texts.text("column.median")),
                        HtmlTable.number(texts.text("column.baseline")),
                        HtmlTable.number(texts.text("column.change")),
                        HtmlTable.number("p"),
                        texts.text("column.verdict")));
        for (Confirmation.Round round : rounds) {
            row(
                    table,
                    texts.text("secondRound.first"),
                    Optional.of(round.first()),
                    texts.status(round.first().status()));
            row(
                    table,
                    texts.text("secondRound.second"),
                    round.second(),
                    round.second().isEmpty()
                            ? "–"
                            : round.confirmed()
                                    ? texts.text("secondRound.confirmed")
                                    : texts.text("secondRound.notConfirmed"));
        }
        table.end();
    }

    private void row(HtmlTable table, String name, Optional<FigureVerdict> of, String verdict) {
        if (of.isEmpty()) {
            table.row("")
                    .head("")
                    .cell("")
                    .cell(name)
                    .number("–", "")
                    .number("–", "")
                    .number("–", "")
                    .number("–", "")
                    .cell(verdict)
                    .endRow();
            return;
        }
        FigureVerdict figure = of.get();
        Metric metric = Metrics.find(figure.metric()).orElseThrow();
        Optional<AgainstBaseline> against = figure.against();
        table.row(figure.alarmed() ? "differs" : "")
                .head(figure.scenario())
                .cell(texts.metric(figure.metric()))
                .cell(name)
                .number(QuantityText.text(figure.median(), metric.unit()), "n = " + figure.n())
                .number(
                        against.map(known -> QuantityText.text(known.baselineMedian(), metric.unit()))
                                .orElse("–"),
                        "k = " + figure.builds().size())
                .number(
                        against.map(known -> texts.change(known.ratio(), known.change(), metric.unit()))
                                .orElse("–"),
                        against.map(known -> texts.changes(known.ratio(), known.lower(), known.upper(), metric.unit()))
                                .orElse(""))
                .number(against.map(known -> texts.probability(known.p())).orElse("–"), "")
                .cell(verdict)
                .endRow();
    }
}
