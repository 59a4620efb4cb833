package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Evidence;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.util.List;

/** What did not succeed and why, what the reader must know, and what preflight found. */
final class RemarksSection {
    /** A task log may be long; result.json holds all of it. */
    private static final int LONGEST_EVIDENCE = 8000;

    private final Texts texts;
    private final JudgedResult judged;

    RemarksSection(Texts texts, JudgedResult judged) {
        this.texts = texts;
        this.judged = judged;
    }

    void write(Markup html) {
        List<Sample> unsuccessful = new Overview(judged).withoutSuccess();
        if (!unsuccessful.isEmpty()) {
            html.open("section")
                    .element("h2", texts.text("section.withoutSuccess"))
                    .line();
            unsuccessful.forEach(sample -> unsuccessful(html, sample));
            html.close().line();
        }
        List<Finding> findings = judged.result().findings();
        if (findings.isEmpty() && judged.result().notes().isEmpty()) {
            return;
        }
        html.open("section").element("h2", texts.text("section.notes")).line();
        if (!judged.result().notes().isEmpty()) {
            html.open("ul");
            judged.result().notes().forEach(note -> html.element("li", texts.of(note)));
            html.close().line();
        }
        if (!findings.isEmpty()) {
            findings(html, findings);
        }
        html.close().line();
    }

    private void unsuccessful(Markup html, Sample sample) {
        html.open("article", "class", "failure");
        html.open("p")
                .element("strong", "✕ #" + sample.order() + " " + sample.scenario() + " " + Overview.path(sample))
                .text(" " + Samples.cause(sample, texts))
                .close();
        for (Evidence evidence : sample.evidence()) {
            String text = evidence.text();
            html.open("details").element("summary", evidence.name());
            html.element(
                    "pre",
                    text.length() <= LONGEST_EVIDENCE
                            ? text
                            : text.substring(0, LONGEST_EVIDENCE) + "\n" + texts.text("evidence.cut"));
            html.close();
        }
        html.close().line();
    }

    private void findings(Markup html, List<Finding> findings) {
        HtmlTable table = new HtmlTable(
                html,
                "findings",
                List.of(
                        texts.text("column.severity"),
                        texts.text("column.where"),
                        texts.text("column.problem"),
                        texts.text("column.remedy")));
        for (Finding finding : findings) {
            table.row(finding.severity() == Finding.Severity.OK ? "" : "differs")
                    .head(texts.text("severity." + finding.severity().name()))
                    .cell(finding.where())
                    .cell(texts.of(finding.problem()))
                    .cell(texts.of(finding.remedy()))
                    .endRow();
        }
        table.end();
    }
}
