package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.util.List;

/** The metrics that comparisons and trends show if nobody asks for others. */
public final class MainMetrics {
    private static final List<Metric> ALL = List.of(
            Metrics.DOWNTIME_OBSERVED,
            Metrics.DOWNTIME_REPORTED,
            Metrics.DOWNTIME_PUBLISHED,
            Metrics.MIGRATION_TIME_PLATFORM,
            Metrics.MIGRATION_TIME_PUBLISHED);

    private MainMetrics() {}

    /** Downtimes and migration times, in the order in which they are shown. */
    public static List<Metric> all() {
        return ALL;
    }
}
