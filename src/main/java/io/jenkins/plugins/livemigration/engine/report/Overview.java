package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the first table of every report shows: a row per scenario and direction, and the few metrics that matter most of
 * those that the run has.
 */
final class Overview {
    private static final List<Metric> ALWAYS =
            List.of(Metrics.MIGRATION_TIME_PLATFORM, Metrics.DOWNTIME_REPORTED, Metrics.DOWNTIME_OBSERVED);
    private static final List<Metric> PUBLISHED = List.of(Metrics.MIGRATION_TIME_PUBLISHED, Metrics.DOWNTIME_PUBLISHED);
    /** Different things: the first that the run has is shown, under its own name. */
    private static final List<Metric> PAYLOADS = List.of(
            Metrics.BYTES_RAM, Metrics.BYTES_ARCHIVE, Metrics.BYTES_WIRE, Metrics.BYTES_DISK, Metrics.BYTES_VOLUME);

    private final JudgedResult judged;

    Overview(JudgedResult judged) {
        this.judged = judged;
    }

    /**
     * One scenario in one direction.
     *
     * @param path the hosts: {@code a → b}
     * @param n samples that count
     * @param failed measured samples that failed
     */
    record Row(String scenario, Direction direction, String path, int n, int failed) {}

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String scenario : judged.result().scenarios()) {
            for (Direction direction : Direction.values()) {
                List<Sample> samples = judged.result().samples().stream()
                        .filter(sample -> sample.scenario().equals(scenario) && sample.direction() == direction)
                        .filter(sample -> !sample.warmup())
                        .toList();
                if (!samples.isEmpty()) {
                    int n = (int) samples.stream().filter(Sample::counts).count();
                    rows.add(new Row(scenario, direction, path(samples.get(0)), n, (int) Samples.failed(samples)));
                }
            }
        }
        return rows;
    }

    /** The metrics of the table, payload apart. */
    List<Metric> metrics() {
        boolean published = PUBLISHED.stream().anyMatch(this::hasValues);
        List<Metric> metrics = new ArrayList<>();
        if (!published || ALWAYS.stream().anyMatch(this::hasValues)) {
            metrics.addAll(ALWAYS);
        }
        if (published) {
            metrics.addAll(PUBLISHED);
        }
        return metrics;
    }

    /** The downtime whose category the table shows. */
    Metric downtime() {
        List<Metric> metrics = metrics();
        return metrics.contains(Metrics.DOWNTIME_OBSERVED) ? Metrics.DOWNTIME_OBSERVED : Metrics.DOWNTIME_PUBLISHED;
    }

    Optional<Metric> payload() {
        return PAYLOADS.stream().filter(this::hasValues).findFirst();
    }

    Optional<Summary> summary(Row row, Metric metric) {
        return summary(row.scenario(), Optional.of(row.direction()), metric);
    }

    Optional<Summary> summary(String scenario, Optional<Direction> direction, Metric metric) {
        return judged.verdict().summaries().stream()
                .filter(summary -> summary.scenario().equals(scenario)
                        && summary.direction().equals(direction)
                        && summary.metric().equals(metric.id()))
                .findFirst();
    }

    /** The samples that failed or were not supported, in order of execution. */
    List<Sample> withoutSuccess() {
        return judged.result().samples().stream()
                .filter(sample -> !sample.outcome().succeeded())
                .sorted(Comparator.comparingInt(Sample::order))
                .toList();
    }

    static String path(Sample sample) {
        return sample.from() + " → " + sample.to();
    }

    boolean hasValues(Metric metric) {
        return judged.result().samples().stream()
                .filter(Sample::counts)
                .anyMatch(sample ->
                        sample.figure(metric).flatMap(figure -> figure.amount()).isPresent());
    }
}
