package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;

/**
 * {@code session.stall}: the longest silence of a held connection that ended after the request, minus the actual spacing
 * of its lines. TCP repeats what was lost after a time that doubles (RFC 6298), so a session may stay silent long after the
 * service is back: that is why this is never a downtime. How often the connection broke and was opened anew goes with it.
 */
final class SessionStall {
    private SessionStall() {}

    static Figure of(ProbeTrace trace, SampleTimes times, long plannedIntervalNanos) {
        Optional<Baseline> baseline = Baseline.of(trace, times, plannedIntervalNanos);
        if (baseline.isEmpty()) {
            return Figure.absent(Message.of("observe.noReplyBefore"));
        }
        Silence[] longest = new Silence[1];
        SilenceFinder.find(trace, times, baseline.get(), true, silence -> {
            boolean counts = silence.endNanos() > times.requested()
                    && (!silence.open() || OutageDetector.isOutage(silence, baseline.get()));
            boolean longer = longest[0] == null || silence.durationNanos() > longest[0].durationNanos();
            longest[0] = counts && longer ? silence : longest[0];
        });
        Silence stall = longest[0];
        if (stall == null) {
            return Figure.absent(Message.of("observe.tooFewReplies", 1));
        }
        double value = Millis.of(stall.durationNanos());
        if (stall.open()) {
            return new Figure.AtLeast(value, Message.of("observe.stillOpen"));
        }
        return new Figure.Measured(
                value,
                Millis.of(Math.max(0, stall.durationNanos() - stall.spacingNanos())),
                Millis.of(stall.gapNanos()),
                Optional.of(Message.of("observe.sessionBreaks", breaks(trace, times))));
    }

    private static int breaks(ProbeTrace trace, SampleTimes times) {
        int breaks = 0;
        for (int i = 0; i < trace.breaks(); i++) {
            if (trace.breakNanos(i) >= times.windowOpen() && trace.breakNanos(i) <= times.windowClose()) {
                breaks++;
            }
        }
        return breaks;
    }
}
