package io.jenkins.plugins.livemigration.engine.result;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One move of the workload and all that was learned of it.
 *
 * @param order position in the order of execution, from 1, warm-ups counted
 * @param scenario the scenario's name
 * @param number number of the sample within its scenario and direction, from 1; warm-ups are counted apart
 * @param warmup not part of any statistic
 * @param from host or node the workload left
 * @param to host or node it went to
 * @param requestedAt wall time of the request; evidence only, durations never come from it
 * @param overheadMillis time the engine spent on this sample outside the migration and the observation window
 * @param figures by metric id, in the order of {@link Metrics}
 */
public record Sample(
        int order,
        String scenario,
        Direction direction,
        int number,
        boolean warmup,
        String from,
        String to,
        Instant requestedAt,
        double overheadMillis,
        Outcome outcome,
        Map<String, Figure> figures,
        List<Phase> phases,
        List<Mark> marks,
        List<ProbeReport> probes,
        Optional<StateCheck> state,
        List<Evidence> evidence) {
    public Sample {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        phases = List.copyOf(phases);
        marks = List.copyOf(marks);
        probes = List.copyOf(probes);
        evidence = List.copyOf(evidence);
    }

    /** The value of a metric, where this sample has an entry for it. */
    public Optional<Figure> figure(Metric metric) {
        return Optional.ofNullable(figures.get(metric.id()));
    }

    /** The same without what only its timeline shows. */
    public Sample withoutDetails() {
        return new Sample(
                order,
                scenario,
                direction,
                number,
                warmup,
                from,
                to,
                requestedAt,
                overheadMillis,
                outcome,
                figures,
                List.of(),
                List.of(),
                List.of(),
                state,
                List.of());
    }

    /** Whether this sample's figures enter statistics: it succeeded and was not a warm-up. */
    public boolean counts() {
        return !warmup && outcome.succeeded();
    }
}
