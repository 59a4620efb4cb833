package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code downtime.observed} and {@code outage.*} of the primary probe.
 *
 * <p>{@code downtime.observed} is the longest outage that ended after the request; {@code outage.*} look at the whole
 * window. Where no outage was found, the figure has an upper bound: the longest outage that could have hidden between two
 * replies; and downtime is 0, or the length of a silence in which an attempt was lost. An outage still open when the window
 * closed makes a figure "at least".
 */
final class DowntimeFigures {
    private DowntimeFigures() {}

    static void put(Map<String, Figure> figures, Optional<OutageDetector.Detection> detection, long requested) {
        if (detection.isEmpty()) {
            Figure none = Figure.absent(Message.of("observe.noReplyBefore"));
            figures.put(Metrics.DOWNTIME_OBSERVED.id(), none);
            figures.put(Metrics.OUTAGE_LONGEST.id(), none);
            figures.put(Metrics.OUTAGE_TOTAL.id(), none);
            figures.put(Metrics.OUTAGE_COUNT.id(), none);
            return;
        }
        List<Silence> all = detection.get().outages();
        long hidden = detection.get().hiddenNanos();
        List<Silence> since =
                all.stream().filter(outage -> outage.endNanos() > requested).toList();
        figures.put(
                Metrics.DOWNTIME_OBSERVED.id(),
                downtime(since, hidden, detection.get().suspectedNanos()));
        figures.put(Metrics.OUTAGE_LONGEST.id(), longest(all, hidden));
        figures.put(Metrics.OUTAGE_TOTAL.id(), total(all));
        figures.put(Metrics.OUTAGE_COUNT.id(), Figure.of(all.size()));
    }

    /**
     * Where no outage was found, but an attempt was lost as none was before, the likeliest is that a short one took it: how
     * long the silence was without the spacing. The rule that two have to be missing is for counting outages.
     */
    private static Figure downtime(List<Silence> outages, long hidden, long suspected) {
        if (outages.isEmpty() && suspected > 0) {
            return new Figure.Measured(
                    Millis.of(suspected),
                    0,
                    Millis.of(Math.max(hidden, suspected)),
                    Optional.of(Message.of("observe.suspected", Millis.text(hidden))));
        }
        return longest(outages, hidden);
    }

    private static Figure longest(List<Silence> outages, long hidden) {
        Silence longest = null;
        boolean open = false;
        long lower = 0;
        long upper = hidden;
        for (Silence outage : outages) {
            longest = longest == null || outage.durationNanos() > longest.durationNanos() ? outage : longest;
            open |= outage.open();
            lower = Math.max(lower, outage.lowerNanos());
            upper = Math.max(upper, outage.upperNanos());
        }
        if (longest == null) {
            return new Figure.Measured(
                    0, 0, Millis.of(hidden), Optional.of(Message.of("observe.noOutage", Millis.text(hidden))));
        }
        if (open) {
            return stillOpen(longest.durationNanos());
        }
        return Figure.between(
                Millis.of(Math.min(lower, longest.durationNanos())),
                Millis.of(longest.durationNanos()),
                Millis.of(upper));
    }

    private static Figure total(List<Silence> outages) {
        long value = 0;
        long lower = 0;
        long upper = 0;
        boolean open = false;
        for (Silence outage : outages) {
            value += outage.durationNanos();
            lower += outage.lowerNanos();
            upper += outage.upperNanos();
            open |= outage.open();
        }
        return open ? stillOpen(value) : Figure.between(Millis.of(lower), Millis.of(value), Millis.of(upper));
    }

    private static Figure stillOpen(long nanos) {
        return new Figure.AtLeast(Millis.of(nanos), Message.of("observe.stillOpen"));
    }
}
