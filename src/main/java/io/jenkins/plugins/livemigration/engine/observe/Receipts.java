package io.jenkins.plugins.livemigration.engine.observe;

import java.util.Arrays;

/**
 * The answered attempts of a trace whose replies came in time, in order of receipt: the stream of replies as the client got
 * it.
 */
final class Receipts {
    private final ProbeTrace trace;
    private final int[] attempts;

    private Receipts(ProbeTrace trace, int[] attempts) {
        this.trace = trace;
        this.attempts = attempts;
    }

    /** Replies received at or before {@code until}. */
    static Receipts until(ProbeTrace trace, long until) {
        return between(trace, Long.MIN_VALUE, until);
    }

    /**
     * Replies received at or before {@code close}, and the first one after it: the probes stop with the window, but replies
     * that are under way are awaited, and one that comes tells that the service was back.
     */
    static Receipts untilFirstAfter(ProbeTrace trace, long close) {
        long first = Long.MAX_VALUE;
        for (int i = trace.size() - 1; i >= 0; i--) {
            if (trace.answered(i) && trace.receivedNanos(i) > close) {
                first = Math.min(first, trace.receivedNanos(i));
            }
        }
        return until(trace, first == Long.MAX_VALUE ? close : first);
    }

    /** Replies received at or after {@code from} and at or before {@code until}. */
    static Receipts between(ProbeTrace trace, long from, long until) {
        int[] attempts = new int[trace.size()];
        int count = 0;
        boolean inOrder = true;
        for (int i = 0; i < attempts.length; i++) {
            if (trace.answered(i) && trace.receivedNanos(i) >= from && trace.receivedNanos(i) <= until) {
                inOrder &= count == 0 || trace.receivedNanos(attempts[count - 1]) <= trace.receivedNanos(i);
                attempts[count++] = i;
            }
        }
        attempts = Arrays.copyOf(attempts, count);
        if (!inOrder) {
            attempts = Arrays.stream(attempts)
                    .boxed()
                    .sorted((x, y) -> Long.compare(trace.receivedNanos(x), trace.receivedNanos(y)))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return new Receipts(trace, attempts);
    }

    int size() {
        return attempts.length;
    }

    /** The attempt that the {@code i}-th reply answered. */
    int attempt(int i) {
        return attempts[i];
    }

    /** When the {@code i}-th reply came. */
    long nanos(int i) {
        return trace.receivedNanos(attempts[i]);
    }

    /** The round trip of the attempt that the {@code i}-th reply answered. */
    long rttNanos(int i) {
        return nanos(i) - trace.sentNanos(attempts[i]);
    }
}
