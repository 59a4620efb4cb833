package io.jenkins.plugins.livemigration.jenkins.step;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A result as a script gets it: maps, lists, texts and numbers alone, which a sandboxed script may use and which survive a
 * restart. {@code r.metrics} are those of the first scenario, {@code r.scenarios} those of all by name.
 */
final class ResultMap {
    private ResultMap() {}

    static Map<String, Object> of(JudgedResult judged) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", judged.result().name());
        map.put("runId", judged.result().runId());
        map.put("verdict", judged.verdict().status().name());
        map.put("sentence", judged.verdict().sentence().toString());
        map.put("end", judged.result().end().kind().name());
        Map<String, Object> scenarios = new LinkedHashMap<>();
        for (String scenario : judged.result().scenarios()) {
            scenarios.put(scenario, metrics(judged, scenario));
        }
        map.put("scenarios", scenarios);
        map.put("metrics", scenarios.values().stream().findFirst().orElseGet(LinkedHashMap::new));
        return map;
    }

    private static Map<String, Object> metrics(JudgedResult judged, String scenario) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        for (Summary summary : judged.verdict().summaries()) {
            if (summary.scenario().equals(scenario) && summary.direction().isEmpty()) {
                metrics.put(summary.metric(), metric(summary));
            }
        }
        return metrics;
    }

    private static Map<String, Object> metric(Summary summary) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "unit",
                Metrics.find(summary.metric())
                        .map(Metric::unit)
                        .map(unit -> unit.symbol())
                        .orElse(""));
        map.put("n", summary.n());
        summary.spread().ifPresent(spread -> {
            map.put("median", spread.median());
            map.put("lowerQuartile", spread.lowerQuartile());
            map.put("upperQuartile", spread.upperQuartile());
            map.put("best", spread.best());
            map.put("worst", spread.worst());
        });
        summary.category().ifPresent(category -> map.put("category", category));
        return map;
    }
}
