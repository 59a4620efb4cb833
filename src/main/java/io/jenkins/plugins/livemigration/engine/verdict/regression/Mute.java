package io.jenkins.plugins.livemigration.engine.verdict.regression;

import java.time.LocalDate;

/**
 * A metric does not gate for a while. It is still compared and shown, and marked as muted.
 *
 * @param untilDate the last day, in UTC, on which it is mute
 */
public record Mute(String metric, LocalDate untilDate, String who, String why) {

    /** Whether it holds for that metric on that day. */
    public boolean holds(String otherMetric, LocalDate day) {
        return metric.equals(otherMetric) && !day.isAfter(untilDate);
    }
}
