package io.jenkins.plugins.livemigration.engine.observe;

import java.util.Arrays;

/**
 * When this machine did not let us run, as {@link HoldUpWatch} saw it: on at least one of its processors even a thread of
 * the probes' priority had to wait. Whatever of a probe's attempt fell into such a time (its leaving, a reply's way through
 * this machine, our reading it) may have taken longer by all of it, without the service's doing. Immutable; times are
 * nanoseconds since the run's start.
 */
public final class HoldUps {
    /** Nothing watched, as in old records. */
    static final HoldUps UNKNOWN = new HoldUps(new long[0], new long[0], 0);

    private final long[] begins;
    private final long[] ends;
    private final long resolutionNanos;

    private HoldUps(long[] begins, long[] ends, long resolutionNanos) {
        this.begins = begins;
        this.ends = ends;
        this.resolutionNanos = resolutionNanos;
    }

    /**
     * The union of some times.
     *
     * @param begins in any order; they may overlap
     * @param ends of the same length
     * @param resolutionNanos a time that is not among them is no longer than this; 0 if nobody watched
     */
    static HoldUps of(long[] begins, long[] ends, long resolutionNanos) {
        if (begins.length == 0 && resolutionNanos == 0) {
            return UNKNOWN;
        }
        Integer[] order = new Integer[begins.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (x, y) -> Long.compare(begins[x], begins[y]));
        long[] from = new long[begins.length];
        long[] until = new long[begins.length];
        int count = 0;
        for (int i : order) {
            if (count > 0 && begins[i] <= until[count - 1]) {
                until[count - 1] = Math.max(until[count - 1], ends[i]);
            } else {
                from[count] = begins[i];
                until[count++] = ends[i];
            }
        }
        return new HoldUps(Arrays.copyOf(from, count), Arrays.copyOf(until, count), resolutionNanos);
    }

    /** How long a time may be that was not noticed; 0 if nobody watched. */
    long resolutionNanos() {
        return resolutionNanos;
    }

    /** How much of the time from one moment to another we were held up, in nanoseconds. */
    public long within(long from, long until) {
        long held = 0;
        for (int i = firstEndingAfter(from); i < begins.length && begins[i] < until; i++) {
            held += Math.min(ends[i], until) - Math.max(begins[i], from);
        }
        return held;
    }

    /** The earliest moment from which something that takes so long, hold-ups not counted, is over at {@code end}. */
    long before(long end, long nanos) {
        long moment = end;
        long rest = nanos;
        for (int i = lastBeginningBefore(end); i >= 0 && moment - rest <= ends[i]; i--) {
            rest -= Math.max(0, moment - ends[i]);
            moment = begins[i];
        }
        return moment - rest;
    }

    /** The latest moment at which something that takes so long, hold-ups not counted, and begins at {@code begin} is over. */
    long after(long begin, long nanos) {
        long moment = begin;
        long rest = nanos;
        for (int i = firstEndingAfter(begin); i < begins.length && moment + rest >= begins[i]; i++) {
            rest -= Math.max(0, begins[i] - moment);
            moment = ends[i];
        }
        return moment + rest;
    }

    private int firstEndingAfter(long moment) {
        int at = Arrays.binarySearch(ends, moment);
        return at >= 0 ? at + 1 : -at - 1;
    }

    private int lastBeginningBefore(long moment) {
        int at = Arrays.binarySearch(begins, moment);
        return at >= 0 ? at - 1 : -at - 2;
    }
}
