package io.jenkins.plugins.livemigration.engine.observe;

import java.util.Arrays;
import java.util.Optional;

/**
 * What was normal before the migration was asked for, from attempts sent since the window opened and answered before the
 * request; and how well our own process kept up, over the whole window.
 *
 * @param medianRttNanos median round trip
 * @param maxRttNanos longest round trip
 * @param maxGapNanos longest time between two consecutive replies; 0 if there was only one
 * @param spacingNanos median time between two consecutive attempts, at least the planned interval
 * @param holdUpNanos by how much the sender was late at most, from the window's opening to its close. The receiving thread
 *     waits for the same processors: a reply may look late by as much without the service's doing
 * @param lossless nothing that was sent in time to be answered before the request stayed unanswered
 */
record Baseline(
        long medianRttNanos,
        long maxRttNanos,
        long maxGapNanos,
        long spacingNanos,
        long holdUpNanos,
        boolean lossless) {

    /** Empty if nothing was answered before the request. */
    static Optional<Baseline> of(ProbeTrace trace, SampleTimes times, long plannedIntervalNanos) {
        Receipts receipts = Receipts.between(trace, times.windowOpen(), times.requested());
        long[] rtts = new long[receipts.size()];
        int count = 0;
        long maxGap = 0;
        for (int i = 0; i < receipts.size(); i++) {
            if (trace.sentNanos(receipts.attempt(i)) >= times.windowOpen()) {
                rtts[count++] = receipts.rttNanos(i);
            }
            if (i > 0) {
                maxGap = Math.max(maxGap, receipts.nanos(i) - receipts.nanos(i - 1));
            }
        }
        if (count == 0) {
            return Optional.empty();
        }
        rtts = Arrays.copyOf(rtts, count);
        Arrays.sort(rtts);
        long spacing = Math.max(plannedIntervalNanos, medianSpacing(trace, times));
        long holdUp = longestHoldUp(trace, times, plannedIntervalNanos);
        boolean lossless = lossless(trace, times.windowOpen(), times.requested() - 2 * rtts[count - 1] - holdUp);
        return Optional.of(new Baseline(rtts[(count - 1) / 2], rtts[count - 1], maxGap, spacing, holdUp, lossless));
    }

    private static boolean lossless(ProbeTrace trace, long from, long until) {
        for (int i = 0; i < trace.size(); i++) {
            if (trace.sentNanos(i) >= from && trace.sentNanos(i) <= until && !trace.answered(i)) {
                return false;
            }
        }
        return true;
    }

    /** An attempt is late from the first slot on that had to stay empty before it. */
    private static long longestHoldUp(ProbeTrace trace, SampleTimes times, long interval) {
        long longest = 0;
        for (int i = 1; i < trace.size(); i++) {
            if (trace.sentNanos(i) >= times.windowOpen() && trace.sentNanos(i - 1) <= times.windowClose()) {
                long due = Math.min(trace.scheduledNanos(i), trace.scheduledNanos(i - 1) + interval);
                longest = Math.max(longest, trace.sentNanos(i) - due);
            }
        }
        return longest;
    }

    private static long medianSpacing(ProbeTrace trace, SampleTimes times) {
        long[] spacings = new long[trace.size()];
        int count = 0;
        for (int i = 1; i < trace.size(); i++) {
            if (trace.sentNanos(i - 1) >= times.windowOpen() && trace.sentNanos(i) <= times.requested()) {
                spacings[count++] = trace.sentNanos(i) - trace.sentNanos(i - 1);
            }
        }
        if (count == 0) {
            return 0;
        }
        spacings = Arrays.copyOf(spacings, count);
        Arrays.sort(spacings);
        return spacings[(count - 1) / 2];
    }
}
