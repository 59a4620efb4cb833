package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.text.Message;

/**
 * {@code migrationTime.service}: from the request until the first reply that is known to come from the destination, which is
 * the first reply to an attempt sent after the source had stopped. It was able to answer at some moment between the last
 * attempt before that one (or the source's stop) and this receipt: those are the bounds.
 */
final class ServiceTime {
    private ServiceTime() {}

    static Figure of(ProbeTrace trace, SampleTimes times) {
        if (times.confirmed().isEmpty()) {
            return Figure.absent(Message.of("observe.notConfirmed"));
        }
        if (times.sourceStopped().isEmpty()) {
            return Figure.absent(Message.of("observe.sourceStopUnknown"));
        }
        long stopped = times.sourceStopped().getAsLong();
        int first = -1;
        for (int i = 0; i < trace.size(); i++) {
            boolean better = trace.answered(i)
                    && trace.sentNanos(i) > stopped
                    && trace.receivedNanos(i) <= times.windowClose()
                    && (first < 0 || trace.receivedNanos(i) < trace.receivedNanos(first));
            first = better ? i : first;
        }
        if (first < 0) {
            return new Figure.AtLeast(
                    Millis.of(times.windowClose() - times.requested()), Message.of("observe.noReplyFromDestination"));
        }
        long received = trace.receivedNanos(first);
        long earliest = stopped;
        if (first > 0) {
            earliest = Math.max(earliest, trace.sentNanos(first - 1));
        }
        double value = Millis.of(received - times.requested());
        return Figure.between(Math.min(value, Millis.of(earliest - times.requested())), value, value);
    }
}
