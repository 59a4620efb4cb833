package io.jenkins.plugins.livemigration.engine.observe;

import java.util.Optional;

/**
 * How far another host's clock is ahead of ours: between {@code lowest} and {@code highest} nanoseconds.
 *
 * <p>An attempt sent at T1 and answered at T4 by our clock was received at T2 and sent back at T3 by the other one, so the
 * other clock is ahead by no more than T2 - T1 and no less than T3 - T4 (Cristian 1989): the exchange with the smallest
 * round trip says it best, to half of that. Clocks drift apart; so the best exchange of each half of the sample is taken,
 * and the bounds hold what either of them allows.
 */
record ClockFit(long lowest, long highest) {

    /** Empty if no attempt was stamped. */
    static Optional<ClockFit> of(ProbeTrace trace) {
        int half = trace.size() / 2;
        Optional<ClockFit> first = best(trace, 0, half);
        Optional<ClockFit> second = best(trace, half, trace.size());
        if (first.isEmpty() || second.isEmpty()) {
            return first.or(() -> second);
        }
        return Optional.of(new ClockFit(
                Math.min(first.get().lowest, second.get().lowest),
                Math.max(first.get().highest, second.get().highest)));
    }

    private static Optional<ClockFit> best(ProbeTrace trace, int from, int until) {
        ClockFit best = null;
        for (int i = from; i < until; i++) {
            if (trace.stamped(i) && trace.answered(i)) {
                long lowest = trace.peerSentNanos(i) - trace.receivedNanos(i);
                long highest = trace.peerReceivedNanos(i) - trace.sentNanos(i);
                if (best == null || highest - lowest < best.highest - best.lowest) {
                    best = new ClockFit(lowest, highest);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** The middle. */
    long offset() {
        return lowest + (highest - lowest) / 2;
    }

    /** The offset may be off by so much. */
    long uncertainty() {
        return (highest - lowest + 1) / 2;
    }
}
