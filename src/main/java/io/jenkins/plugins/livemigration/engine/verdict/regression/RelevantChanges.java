package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.plan.RelevantChange;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Each metric's minimal relevant change, where a plan says nothing else. */
public final class RelevantChanges {
    private static final Map<String, RelevantChange> BY_PREFIX = new LinkedHashMap<>();

    static {
        BY_PREFIX.put("migrationTime.", new RelevantChange(0.10, 0));
        BY_PREFIX.put("downtime.", new RelevantChange(0.10, 20));
        BY_PREFIX.put("outage.count", new RelevantChange(0, 1));
        BY_PREFIX.put("outage.", new RelevantChange(0.10, 20));
        BY_PREFIX.put("session.", new RelevantChange(0.10, 20));
        BY_PREFIX.put("degradation", new RelevantChange(0, 50));
        BY_PREFIX.put("criu.pagesWritten", new RelevantChange(0.05, 0));
        BY_PREFIX.put("criu.", new RelevantChange(0.10, 20));
        BY_PREFIX.put("bytes.", new RelevantChange(0.05, 0));
        BY_PREFIX.put("delay.", new RelevantChange(0.10, 0.1));
        BY_PREFIX.put("spacing.", new RelevantChange(0.10, 0.1));
        BY_PREFIX.put("jitter.", new RelevantChange(0.20, 0.1));
        BY_PREFIX.put("throttle", new RelevantChange(0, 5));
        BY_PREFIX.put("iterations", new RelevantChange(0, 1));
        BY_PREFIX.put("state.kept", new RelevantChange(0, 0.5));
    }

    private RelevantChanges() {}

    /** The change of this metric that matters. */
    public static RelevantChange of(Metric metric) {
        return BY_PREFIX.entrySet().stream()
                .filter(entry -> metric.id().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> other(metric));
    }

    private static RelevantChange other(Metric metric) {
        if (metric.scale() == Metric.Scale.LOGARITHMIC) {
            return new RelevantChange(0.10, 0);
        }
        return new RelevantChange(0, metric.unit() == Unit.MILLISECONDS ? 20 : 1);
    }
}
