package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * Our own UDP probe as a capture shows it: numbered requests one way, replies with the same numbers the other way. Send
 * times are those of the requests in the capture, so that figures are free of what the measuring process added.
 */
final class ProbeStream {
    /** First bytes of every request and reply. */
    static final int MAGIC = 0x4C4D4255;
    /** Magic, number and token. */
    static final int HEADER_BYTES = 16;

    /** Requests whose replies are still waited for; older ones are given up. 65 s at 1 kHz. */
    private static final int RING = 1 << 16;

    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int LOST_MAKE_AN_OUTAGE = 2;
    private static final double GAIN = 1.0 / 16;

    private final long token;
    private final boolean askedByA;
    private final long[] sentNanos = new long[RING];
    private final int[] slotOf = new int[RING];
    private final int[] ordinalOf = new int[RING];
    private final Histogram rtt = new Histogram(LONGEST_MICROS, 3);
    private final Silences outages = new Silences();
    private int sent;
    private int answered;
    private int newestAnswered = -1;
    private long lastReplyNanos;
    private long lastReplySent;
    private double jitterNanos;
    private double rttSumNanos;
    private double rttSquares;
    private long jitterSteps;

    ProbeStream(long token, boolean askedByA) {
        this.token = token;
        this.askedByA = askedByA;
        Arrays.fill(ordinalOf, -1);
    }

    void take(long packetToken, int slot, long nanos, boolean byA) {
        if (packetToken != token) {
            return;
        }
        if (byA == askedByA) {
            asked(slot, nanos);
        } else {
            replied(slot, nanos);
        }
    }

    private void asked(int slot, long nanos) {
        sentNanos[sent & RING - 1] = nanos;
        slotOf[sent & RING - 1] = slot;
        ordinalOf[slot & RING - 1] = sent;
        sent++;
    }

    private void replied(int slot, long nanos) {
        int ordinal = ordinalOf[slot & RING - 1];
        if (ordinal < 0 || sent - ordinal > RING || slotOf[ordinal & RING - 1] != slot) {
            return;
        }
        ordinalOf[slot & RING - 1] = -1;
        long sentAt = sentNanos[ordinal & RING - 1];
        long trip = Math.max(0, nanos - sentAt);
        answered++;
        rtt.recordValue(Math.min(LONGEST_MICROS, trip / 1000));
        rttSumNanos += trip;
        rttSquares += (double) trip * trip;
        if (answered > 1) {
            double difference = (double) (nanos - lastReplyNanos) - (sentAt - lastReplySent);
            jitterNanos += (Math.abs(difference) - jitterNanos) * GAIN;
            jitterSteps++;
            outage(ordinal, nanos);
        }
        newestAnswered = Math.max(newestAnswered, ordinal);
        lastReplyNanos = nanos;
        lastReplySent = sentAt;
    }

    /** The time between two replies minus the mean of the spacings at its edges, as docs/metrics.md defines it. */
    private void outage(int ordinal, long nanos) {
        int lost = ordinal - newestAnswered - 1;
        if (lost < LOST_MAKE_AN_OUTAGE || lost >= RING - 2) {
            return;
        }
        long spacingBefore = at(newestAnswered + 1) - at(newestAnswered);
        long spacingAfter = at(ordinal) - at(ordinal - 1);
        long duration = Math.max(0, nanos - lastReplyNanos - (spacingBefore + spacingAfter) / 2);
        outages.add(new Silences.Silence(!askedByA, lastReplyNanos, nanos, duration, false, Silences.Sign.PROBES_LOST));
    }

    private long at(int ordinal) {
        return sentNanos[ordinal & RING - 1];
    }

    int sent() {
        return sent;
    }

    int answered() {
        return answered;
    }

    Silences outages() {
        return outages;
    }

    /** Round trips in microseconds. */
    Histogram rttMicros() {
        return rtt;
    }

    boolean hasJitter() {
        return jitterSteps > 0;
    }

    /** RFC 3550, 6.4.1, at the end of the capture. */
    double jitterNanos() {
        return jitterNanos;
    }

    /** Standard deviation of the round trips, as ping's mdev. */
    double rttDeviationNanos() {
        double mean = rttSumNanos / Math.max(1, answered);
        return Math.sqrt(Math.max(0, rttSquares / Math.max(1, answered) - mean * mean));
    }
}
