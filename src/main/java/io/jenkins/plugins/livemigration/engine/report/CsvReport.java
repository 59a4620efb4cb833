package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.result.StateCheck;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code samples.csv}: one row a sample in order of execution, as RFC 4180 says. Numbers are plain decimals in the metrics'
 * units, texts English. docs/reports.md lists the columns.
 */
public final class CsvReport implements Report {
    private static final String LINE_END = "\r\n";
    private static final List<String> FIXED = List.of(
            "order",
            "scenario",
            "direction",
            "number",
            "warmup",
            "from",
            "to",
            "requested_at",
            "outcome",
            "cause",
            "state_kept",
            "round");

    private final Texts texts = new Texts(Locale.ENGLISH);

    @Override
    public List<File> render(JudgedResult judged) {
        return List.of(new File("samples.csv", text(judged)));
    }

    private String text(JudgedResult judged) {
        List<RunResult> rounds = new ArrayList<>(List.of(judged.result()));
        judged.secondRound().ifPresent(second -> rounds.add(second.run()));
        List<String> metrics = metrics(rounds);
        List<String> head = new ArrayList<>(FIXED);
        for (String metric : metrics) {
            head.addAll(List.of(metric, metric + ".lower", metric + ".upper", metric + ".note"));
        }
        StringBuilder out = new StringBuilder();
        append(out, head);
        for (int round = 0; round < rounds.size(); round++) {
            for (Sample sample : rounds.get(round).samples()) {
                List<String> row = new ArrayList<>(fixed(sample));
                row.add(Integer.toString(round + 1));
                for (String metric : metrics) {
                    row.addAll(cells(Optional.ofNullable(sample.figures().get(metric))));
                }
                append(out, row);
            }
        }
        return out.toString();
    }

    /** The metrics of which any sample says anything: in the catalogue's order, then what it does not know. */
    private static List<String> metrics(List<RunResult> rounds) {
        Set<String> present = new LinkedHashSet<>();
        rounds.stream()
                .flatMap(result -> result.samples().stream())
                .forEach(sample -> present.addAll(sample.figures().keySet()));
        List<String> metrics = new ArrayList<>();
        Metrics.all().stream()
                .map(metric -> metric.id())
                .filter(present::remove)
                .forEach(metrics::add);
        metrics.addAll(present);
        return metrics;
    }

    private List<String> fixed(Sample sample) {
        return List.of(
                Integer.toString(sample.order()),
                sample.scenario(),
                sample.direction().name().toLowerCase(Locale.ROOT),
                Integer.toString(sample.number()),
                Boolean.toString(sample.warmup()),
                sample.from(),
                sample.to(),
                sample.requestedAt().toString(),
                Samples.outcome(sample),
                Samples.cause(sample, texts),
                sample.state().map(StateCheck::kept).map(Object::toString).orElse(""));
    }

    private List<String> cells(Optional<Figure> figure) {
        if (figure.isEmpty()) {
            return List.of("", "", "", "");
        }
        if (figure.get() instanceof Figure.Measured measured) {
            return List.of(
                    number(measured.value()),
                    number(measured.lower()),
                    number(measured.upper()),
                    measured.source().map(texts::of).orElse(""));
        }
        if (figure.get() instanceof Figure.AtLeast atLeast) {
            return List.of(number(atLeast.value()), number(atLeast.value()), "", note("at least", atLeast.reason()));
        }
        return List.of("", "", "", note("absent", ((Figure.Absent) figure.get()).reason()));
    }

    private String note(String word, Message reason) {
        return word + ": " + texts.of(reason);
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static void append(StringBuilder out, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            out.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
        }
        out.append(LINE_END);
    }

    /** RFC 4180; a leading character that spreadsheets take for a formula is kept as text by an apostrophe. */
    private static String quoted(String cell) {
        String text = cell.matches("(?s)[=+@\\t\\r].*") || cell.matches("(?s)-[^0-9.].*") ? "'" + cell : cell;
        return text.matches("(?s).*[\",\\r\\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
