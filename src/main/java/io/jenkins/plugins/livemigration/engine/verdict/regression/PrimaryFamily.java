package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import java.util.List;
import java.util.stream.Stream;

/**
 * The metrics of a scenario that gate: its downtime and its migration time. The downtime is the observed one, the
 * platform's own where nobody observed, and a study's published one where that is all there is. Everything else informs.
 *
 * @param metrics at most one of each kind, none that the scenario has no value for
 */
record PrimaryFamily(List<Metric> metrics) {
    private static final List<List<Metric>> KINDS = List.of(
            List.of(Metrics.DOWNTIME_OBSERVED, Metrics.DOWNTIME_REPORTED, Metrics.DOWNTIME_PUBLISHED),
            List.of(Metrics.MIGRATION_TIME_PLATFORM, Metrics.MIGRATION_TIME_PUBLISHED));

    PrimaryFamily {
        metrics = List.copyOf(metrics);
    }

    static PrimaryFamily of(RunResult run, String scenario) {
        return new PrimaryFamily(KINDS.stream()
                .flatMap(kind -> kind.stream()
                        .filter(metric -> hasValue(run, scenario, metric))
                        .findFirst()
                        .map(Stream::of)
                        .orElseGet(Stream::empty))
                .toList());
    }

    boolean contains(Metric metric) {
        return metrics.contains(metric);
    }

    /** Whether a metric of that id can be primary. */
    static boolean isPrimaryKind(String metric) {
        return KINDS.stream().flatMap(List::stream).anyMatch(one -> one.id().equals(metric));
    }

    private static boolean hasValue(RunResult run, String scenario, Metric metric) {
        return run.samples().stream()
                .filter(sample -> sample.counts() && sample.scenario().equals(scenario))
                .flatMap(sample -> sample.figure(metric).stream())
                .anyMatch(figure -> figure.amount().isPresent());
    }
}
