package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.text.Message;

/**
 * {@code degradation}: how long, from the request until the window closed, the service answered slowly.
 *
 * <p>An answered attempt stands for the time from its sending to the next attempt's, at most one normal spacing. The figure
 * is the sum over attempts whose round trip was longer than twice the median before the request. Attempts answered late
 * because they had queued up at a paused guest are among them, so that for such a guest the time of its pause is degraded
 * time too; attempts never answered are not: they make outages.
 */
final class Degradation {
    private Degradation() {}

    static Figure of(ProbeTrace trace, SampleTimes times, long plannedIntervalNanos) {
        return Baseline.of(trace, times, plannedIntervalNanos)
                .map(baseline -> Figure.of(Millis.of(sum(trace, times, baseline))))
                .orElseGet(() -> Figure.absent(Message.of("observe.noReplyBefore")));
    }

    private static long sum(ProbeTrace trace, SampleTimes times, Baseline baseline) {
        long sum = 0;
        for (int i = 0; i < trace.size(); i++) {
            long sent = trace.sentNanos(i);
            if (sent < times.requested() || sent > times.windowClose() || !trace.answered(i)) {
                continue;
            }
            if (trace.receivedNanos(i) - sent > 2 * baseline.medianRttNanos()) {
                long next = i + 1 < trace.size() ? trace.sentNanos(i + 1) : Long.MAX_VALUE;
                sum += Math.min(Math.min(next, times.windowClose()) - sent, baseline.spacingNanos());
            }
        }
        return sum;
    }
}
