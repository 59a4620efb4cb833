package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.apache.commons.statistics.descriptive.Median;

/**
 * {@code delay.oneWay} to the responder and {@code delay.oneWayBack} from there (RFC 7679): medians of the stamped attempts
 * sent in each part of the sample, with the clocks' uncertainty as their bounds. Absent if that is more than a tenth of it.
 */
final class OneWayFigures {
    private static final List<String> METRICS = List.of("delay.oneWay", "delay.oneWayBack");
    private static final double MOST_UNCERTAIN = 0.1;

    private OneWayFigures() {}

    static void put(Map<String, Figure> figures, ProbeTrace trace, SampleTimes times) {
        Optional<ClockFit> fit = ClockFit.of(trace);
        long end = times.confirmed().orElse(times.windowClose());
        put(figures, trace, fit, "before", times.windowOpen(), times.requested());
        put(figures, trace, fit, "during", times.requested(), end);
        if (times.confirmed().isPresent()) {
            put(figures, trace, fit, "after", end, times.windowClose());
        } else {
            METRICS.forEach(
                    metric -> figures.put(metric + ".after", Figure.absent(Message.of("observe.notConfirmed"))));
        }
    }

    private static void put(
            Map<String, Figure> figures, ProbeTrace trace, Optional<ClockFit> fit, String part, long from, long until) {
        int[] attempts = new int[trace.size()];
        int count = 0;
        for (int i = 0; i < trace.size(); i++) {
            if (trace.sentNanos(i) >= from && trace.sentNanos(i) < until && trace.stamped(i) && trace.answered(i)) {
                attempts[count++] = i;
            }
        }
        if (fit.isEmpty() || count == 0) {
            METRICS.forEach(
                    metric -> figures.put(metric + "." + part, Figure.absent(Message.of("observe.tooFewReplies", 1))));
            return;
        }
        int[] chosen = Arrays.copyOf(attempts, count);
        long offset = fit.get().offset();
        long uncertainty = fit.get().uncertainty();
        figures.put(
                METRICS.get(0) + "." + part,
                delay(chosen, i -> trace.peerReceivedNanos(i) - trace.sentNanos(i) - offset, uncertainty));
        figures.put(
                METRICS.get(1) + "." + part,
                delay(chosen, i -> trace.receivedNanos(i) - trace.peerSentNanos(i) + offset, uncertainty));
    }

    private static Figure delay(int[] attempts, IntToLongFunction delayOf, long uncertainty) {
        double[] delays = Arrays.stream(attempts)
                .mapToDouble(i -> Millis.of(delayOf.applyAsLong(i)))
                .toArray();
        double median = Median.withDefaults().evaluate(delays);
        double unsure = Millis.of(uncertainty);
        if (unsure > MOST_UNCERTAIN * median) {
            String said = Millis.fine(Math.round(median * 1e6));
            return Figure.absent(Message.of("observe.clocksUnsure", Millis.fine(uncertainty), said));
        }
        return new Figure.Measured(
                median,
                Math.max(0, median - unsure),
                median + unsure,
                Optional.of(Message.of("observe.clocksKnown", Millis.fine(uncertainty))));
    }
}
