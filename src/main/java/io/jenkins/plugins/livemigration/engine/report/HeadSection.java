package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Judgement;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The page's head: what was run, and the verdict with its reasons. */
final class HeadSection {
    private final Texts texts;
    private final JudgedResult judged;

    HeadSection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
    }

    void write(Markup html) {
        RunResult result = judged.result();
        html.open("header").line();
        html.element("p", texts.text("page.product"), "class", "product");
        html.element("h1", result.name());
        html.open("p", "class", "facts");
        fact(html, texts.text("head.started"), texts.moment(result.startedAt()));
        result.endedAt()
                .ifPresent(end -> fact(
                        html,
                        texts.text("head.length"),
                        QuantityText.lasting(Duration.between(result.startedAt(), end))));
        fact(
                html,
                texts.text("head.samples"),
                Long.toString(result.samples().stream().filter(Sample::counts).count()));
        fact(html, texts.text("head.id"), result.runId());
        html.close().line();
        verdict(html);
        html.close().line();
    }

    private void verdict(Markup html) {
        Status status = judged.verdict().status();
        String name = status.name().toLowerCase(Locale.ROOT);
        html.open("section", "class", "verdict " + name).line();
        html.element("span", glyph(status), "class", "glyph", "aria-hidden", "true");
        html.open("div");
        html.element("h2", texts.status(status));
        html.element("p", texts.of(judged.verdict().sentence()), "class", "sentence");
        RunEnd end = judged.result().end();
        if (end.kind() != RunEnd.Kind.COMPLETED) {
            html.element("p", texts.of(end.reason()));
        }
        List<Judgement> others = judged.verdict().judgements().stream()
                .filter(judgement ->
                        !judgement.sentence().equals(judged.verdict().sentence()))
                .sorted(Comparator.comparing(Judgement::status).reversed())
                .toList();
        if (!others.isEmpty()) {
            html.open("ul");
            for (Judgement judgement : others) {
                html.open("li")
                        .element("strong", texts.status(judgement.status()) + ":")
                        .text(" " + texts.of(judgement.sentence()));
                if (judgement.straddles()) {
                    html.text(" ").element("small", texts.text("verdict.straddles"));
                }
                html.close();
            }
            html.close();
        }
        html.close().close().line();
    }

    /** A sign that needs no colour. */
    static String glyph(Status status) {
        return switch (status) {
            case PASS -> "✓";
            case INSUFFICIENT_BASELINE -> "–";
            case INCONCLUSIVE -> "?";
            case UNSTABLE -> "!";
            case FAIL -> "✕";
            case INFRASTRUCTURE -> "⚡";
        };
    }

    private static void fact(Markup html, String name, String value) {
        html.open("span").element("small", name).text(" " + value).close().text(" ");
    }
}
