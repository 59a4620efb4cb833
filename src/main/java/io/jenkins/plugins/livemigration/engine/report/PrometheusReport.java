package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code metrics.prom}: the summaries in Prometheus' text exposition format 0.0.4, for a textfile collector or a push
 * gateway. Values are in base units (seconds, bytes, ratios); docs/reports.md lists the families.
 */
public final class PrometheusReport implements Report {
    private static final String PREFIX = "live_migration_";

    @Override
    public List<File> render(JudgedResult judged) {
        StringBuilder out = new StringBuilder();
        run(judged, out);
        samples(judged.result(), out);
        for (Metric metric : Metrics.all()) {
            summaries(judged, metric, out);
        }
        return List.of(new File("metrics.prom", out.toString()));
    }

    private static void run(JudgedResult judged, StringBuilder out) {
        family(out, PREFIX + "start_timestamp_seconds", "When the run started.");
        line(
                out,
                PREFIX + "start_timestamp_seconds",
                Map.of("benchmark", judged.result().name()),
                judged.result().startedAt().toEpochMilli() / 1000.0);
        family(out, PREFIX + "verdict", "1 for the run's verdict, 0 for the others.");
        for (Status status : Status.values()) {
            line(
                    out,
                    PREFIX + "verdict",
                    labels(judged.result().name(), "status", status.name()),
                    judged.verdict().status() == status ? 1 : 0);
        }
    }

    private static void samples(RunResult result, StringBuilder out) {
        family(out, PREFIX + "samples", "Measured samples by how they ended.");
        Map<Map<String, String>, Integer> counts = new LinkedHashMap<>();
        result.samples().stream().filter(sample -> !sample.warmup()).forEach(sample -> {
            Map<String, String> labels = labels(
                    result.name(),
                    "scenario",
                    sample.scenario(),
                    "direction",
                    sample.direction().name().toLowerCase(Locale.ROOT),
                    "outcome",
                    Samples.outcome(sample));
            counts.merge(labels, 1, Integer::sum);
        });
        counts.forEach((labels, count) -> line(out, PREFIX + "samples", labels, count));
    }

    private static void summaries(JudgedResult judged, Metric metric, StringBuilder out) {
        List<Summary> summaries = judged.verdict().summaries().stream()
                .filter(summary -> summary.metric().equals(metric.id()))
                .filter(summary ->
                        summary.direction().isPresent() && summary.spread().isPresent())
                .toList();
        if (summaries.isEmpty()) {
            return;
        }
        String name = PREFIX
                + metric.id()
                        .replace('.', '_')
                        .replaceAll("([a-z])([A-Z])", "$1_$2")
                        .toLowerCase(Locale.ROOT)
                + suffix(metric.unit());
        family(out, name, "Of the usable samples of a run; docs/metrics.md defines " + metric.id() + ".");
        double scale = scale(metric.unit());
        for (Summary summary : summaries) {
            Summary.Spread spread = summary.spread().orElseThrow();
            String direction = summary.direction().orElseThrow().name().toLowerCase(Locale.ROOT);
            Map<String, Double> statistics = new LinkedHashMap<>();
            statistics.put("median", spread.median());
            statistics.put("best", spread.best());
            statistics.put("worst", spread.worst());
            statistics.forEach((statistic, value) -> line(
                    out,
                    name,
                    labels(
                            judged.result().name(),
                            "scenario",
                            summary.scenario(),
                            "direction",
                            direction,
                            "statistic",
                            statistic),
                    value * scale));
        }
    }

    private static String suffix(Unit unit) {
        return switch (unit) {
            case MILLISECONDS -> "_seconds";
            case BYTES -> "";
            case BYTES_PER_SECOND -> "_bytes_per_second";
            case BITS_PER_SECOND -> "_bits_per_second";
            case PERCENT -> "_ratio";
            case COUNT -> "";
        };
    }

    private static double scale(Unit unit) {
        return switch (unit) {
            case MILLISECONDS -> 0.001;
            case PERCENT -> 0.01;
            case BYTES, BYTES_PER_SECOND, BITS_PER_SECOND, COUNT -> 1;
        };
    }

    private static Map<String, String> labels(String benchmark, String... more) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("benchmark", benchmark);
        for (int i = 0; i < more.length; i += 2) {
            labels.put(more[i], more[i + 1]);
        }
        return labels;
    }

    private static void family(StringBuilder out, String name, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(" gauge\n");
    }

    private static void line(StringBuilder out, String name, Map<String, String> labels, double value) {
        List<String> pairs = new ArrayList<>();
        labels.forEach((label, text) -> pairs.add(label + "=\"" + escaped(text) + "\""));
        out.append(name)
                .append('{')
                .append(String.join(",", pairs))
                .append("} ")
                .append(value)
                .append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\r", "")
                .replace("\n", "\\n");
    }
}
