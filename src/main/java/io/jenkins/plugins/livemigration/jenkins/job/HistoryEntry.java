package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.Optional;

/** One benchmark of one build, as the history keeps it: one line of JSON. */
public final class HistoryEntry {
    private static final int FORMAT_VERSION = 1;

    private final ObjectNode line;

    private HistoryEntry(ObjectNode line) {
        this.line = line;
    }

    /** What is kept of a result. */
    static HistoryEntry of(int build, JudgedResult judged) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("v", FORMAT_VERSION);
        line.put("build", build);
        line.put("name", judged.result().name());
        line.put("at", judged.result().startedAt().toString());
        line.put("status", judged.verdict().status().name());
        ObjectNode environment = line.putObject("environment");
        judged.result().environment().forEach((host, facts) -> {
            ObjectNode node = environment.putObject(host);
            facts.forEach(node::put);
        });
        ObjectNode scenarios = line.putObject("scenarios");
        judged.result().scenarios().forEach(scenarios::putObject);
        for (Summary summary : judged.verdict().summaries()) {
            if (summary.direction().isEmpty() && summary.spread().isPresent()) {
                Summary.Spread spread = summary.spread().get();
                ObjectNode metric =
                        scenarios.withObjectProperty(summary.scenario()).putObject(summary.metric());
                metric.put("n", summary.n());
                metric.put("median", spread.median());
                metric.put("worst", spread.worst());
                spread.medianInterval().ifPresent(interval -> {
                    metric.put("lower", interval.lower());
                    metric.put("upper", interval.upper());
                });
                summary.category().ifPresent(category -> metric.put("category", category));
            }
        }
        return new HistoryEntry(line);
    }

    /** Reads a line; empty if it is of another kind or damaged. */
    static Optional<HistoryEntry> of(JsonNode line) {
        boolean right = line instanceof ObjectNode
                && line.path("v").asInt() == FORMAT_VERSION
                && line.path("build").isInt()
                && line.path("name").isTextual()
                && line.path("status").isTextual()
                && line.path("scenarios").isObject();
        return right ? Optional.of(new HistoryEntry((ObjectNode) line)) : Optional.empty();
    }

    String text() {
        return line.toString();
    }

    /** The build's number. */
    public int build() {
        return line.path("build").intValue();
    }

    /** The benchmark's name. */
    public String name() {
        return line.path("name").textValue();
    }

    /** The verdict's name. */
    public String status() {
        return line.path("status").textValue();
    }

    /** All of it. */
    public JsonNode json() {
        return line;
    }
}
