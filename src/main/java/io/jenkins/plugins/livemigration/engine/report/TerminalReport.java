package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.CategoryTable;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Judgement;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table and the verdict that end a run in a terminal. */
public final class TerminalReport implements Report {
    private final TerminalStyle style;
    private final Texts texts;

    public TerminalReport(TerminalStyle style) {
        this.style = style;
        this.texts = new Texts(style.language());
    }

    @Override
    public List<File> render(JudgedResult judged) {
        return List.of(new File("summary.txt", text(judged)));
    }

    /** What is printed, with a line feed after every line. */
    public String text(JudgedResult judged) {
        TerminalText out = new TerminalText(style);
        Overview overview = new Overview(judged);
        head(judged.result(), out);
        table(overview, judged).print(out, style.width());
        absences(judged, out);
        withoutSuccess(overview, out);
        judged.verdict().regression().ifPresent(regression -> new BaselineText(texts, style).write(regression, out));
        remarks(judged.result(), out);
        verdict(judged, out);
        return out.text();
    }

    private void head(RunResult result, TerminalText out) {
        out.line(result.name(), TerminalText.Tone.STRONG);
        long measured = result.samples().stream().filter(Sample::counts).count();
        long warmups = result.samples().stream().filter(Sample::warmup).count();
        String length = result.endedAt()
                .map(end -> QuantityText.lasting(Duration.between(result.startedAt(), end)))
                .orElse("?");
        out.wrapped(
                texts.text("head.run", result.runId(), texts.moment(result.startedAt()), length, measured, warmups));
        out.blank();
    }

    private TextTable table(Overview overview, JudgedResult judged) {
        List<TextTable.Column> columns = new ArrayList<>();
        columns.add(TextTable.Column.text(texts.text("column.scenario")));
        columns.add(TextTable.Column.text(texts.text("column.move")));
        columns.add(TextTable.Column.number(texts.text("column.n")));
        for (Metric metric : overview.metrics()) {
            TextTable.Column column = TextTable.Column.number(texts.text("short." + metric.id()));
            columns.add(metric.equals(overview.downtime()) ? column : column.spare(isDowntime(metric) ? 2 : 3));
        }
        columns.add(TextTable.Column.text(texts.text("column.category")).spare(1));
        Optional<Metric> payload = overview.payload();
        payload.ifPresent(metric -> columns.add(
                TextTable.Column.number(texts.text("short." + metric.id())).spare(4)));
        TextTable table = new TextTable(columns);
        for (Overview.Row row : overview.rows()) {
            List<TextTable.Cell> cells = new ArrayList<>();
            cells.add(TextTable.Cell.of(row.scenario()));
            cells.add(TextTable.Cell.of(row.path()));
            cells.add(
                    row.failed() == 0
                            ? TextTable.Cell.of(Integer.toString(row.n()))
                            : new TextTable.Cell(row.n() + "/" + (row.n() + row.failed()), "", TerminalText.Tone.BAD));
            for (Metric metric : overview.metrics()) {
                Optional<Summary> summary = overview.summary(row, metric);
                cells.add(
                        new TextTable.Cell(values(summary, metric), median(summary, metric), TerminalText.Tone.PLAIN));
            }
            cells.add(category(overview.summary(row, overview.downtime()), overview.downtime(), judged));
            payload.ifPresent(metric -> cells.add(TextTable.Cell.of(median(overview.summary(row, metric), metric))));
            table.add(cells);
        }
        return table;
    }

    private static boolean isDowntime(Metric metric) {
        return metric.id().startsWith("downtime.");
    }

    private String values(Optional<Summary> summary, Metric metric) {
        return summary.flatMap(Summary::spread)
                .map(spread -> texts.quantity(spread.median(), spread.medianIsAtLeast(), metric.unit()) + " ["
                        + texts.quantity(spread.worst(), spread.worstIsAtLeast(), metric.unit()) + "]")
                .orElse("–");
    }

    private String median(Optional<Summary> summary, Metric metric) {
        return summary.flatMap(Summary::spread)
                .map(spread -> texts.quantity(spread.median(), spread.medianIsAtLeast(), metric.unit()))
                .orElse("–");
    }

    private TextTable.Cell category(Optional<Summary> summary, Metric metric, JudgedResult judged) {
        Optional<String> name = summary.flatMap(Summary::category);
        CategoryEdges edges = judged.verdict().categories().get(metric.id());
        if (name.isEmpty() || edges == null) {
            return TextTable.Cell.of("–");
        }
        CategoryTable table = new CategoryTable(edges, metric.better());
        int last = table.classes().size() - 1;
        int rank = 0;
        for (int i = 0; i <= last; i++) {
            if (table.classes().get(i).name().equals(name.get())) {
                rank = table.rank(i);
            }
        }
        TerminalText.Tone tone =
                rank == 0 ? TerminalText.Tone.GOOD : rank == last ? TerminalText.Tone.BAD : TerminalText.Tone.PLAIN;
        String mark = summary.map(Summary::categoryStraddles).orElse(false) ? " ~" : "";
        return new TextTable.Cell(texts.category(name.get()) + mark, "", tone);
    }

    private void absences(JudgedResult judged, TerminalText out) {
        Overview overview = new Overview(judged);
        Map<String, Integer> reasons = new LinkedHashMap<>();
        boolean straddles = false;
        for (Overview.Row row : overview.rows()) {
            for (Metric metric : overview.metrics()) {
                Optional<Summary> summary = overview.summary(row, metric);
                for (Summary.Absences absent : summary.map(Summary::absent).orElse(List.of())) {
                    reasons.merge(
                            texts.metric(metric.id()) + ": " + texts.of(absent.reason()), absent.count(), Integer::sum);
                }
                straddles |= metric.equals(overview.downtime())
                        && summary.map(Summary::categoryStraddles).orElse(false);
            }
        }
        out.blank();
        out.wrapped(texts.text("legend.medianAndWorst"));
        if (overview.rows().stream().anyMatch(row -> row.failed() > 0)) {
            out.wrapped(texts.text("legend.failed"));
        }
        if (straddles) {
            out.wrapped(texts.text("legend.straddles"));
        }
        reasons.forEach((reason, count) -> out.wrapped(texts.text("legend.absent", reason, count)));
    }

    private void withoutSuccess(Overview overview, TerminalText out) {
        List<Sample> samples = overview.withoutSuccess();
        if (samples.isEmpty()) {
            return;
        }
        out.blank();
        out.line(texts.text("section.withoutSuccess"), TerminalText.Tone.STRONG);
        for (Sample sample : samples) {
            out.item("#" + sample.order() + " " + sample.scenario() + " " + Overview.path(sample)
                    + (sample.warmup() ? " (" + texts.text("warmup") + ")" : "") + ": "
                    + Samples.cause(sample, texts));
        }
    }

    private void remarks(RunResult result, TerminalText out) {
        List<String> remarks = new ArrayList<>();
        if (result.end().kind() != RunEnd.Kind.COMPLETED) {
            remarks.add(texts.of(result.end().reason()));
        }
        result.notes().forEach(note -> remarks.add(texts.of(note)));
        result.findings().stream()
                .filter(finding -> finding.severity() != Finding.Severity.OK)
                .forEach(finding -> remarks.add(
                        finding.where() + ": " + texts.of(finding.problem()) + " " + texts.of(finding.remedy())));
        if (remarks.isEmpty()) {
            return;
        }
        out.blank();
        out.line(texts.text("section.notes"), TerminalText.Tone.STRONG);
        remarks.forEach(out::item);
    }

    private void verdict(JudgedResult judged, TerminalText out) {
        Status status = judged.verdict().status();
        TerminalText.Tone tone = switch (status) {
            case PASS -> TerminalText.Tone.GOOD;
            case UNSTABLE -> TerminalText.Tone.WARN;
            case FAIL, INFRASTRUCTURE -> TerminalText.Tone.BAD;
            case INCONCLUSIVE, INSUFFICIENT_BASELINE -> TerminalText.Tone.STRONG;
        };
        out.blank();
        out.headed(texts.status(status), tone, texts.of(judged.verdict().sentence()));
        List<Judgement> further = judged.verdict().judgements().stream()
                .filter(judgement -> judgement.status().compareTo(Status.INCONCLUSIVE) >= 0)
                .filter(judgement ->
                        !judgement.sentence().equals(judged.verdict().sentence()))
                .toList();
        further.forEach(
                judgement -> out.item(texts.status(judgement.status()) + ": " + texts.of(judgement.sentence())));
    }
}
