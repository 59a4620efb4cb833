package io.jenkins.plugins.livemigration.engine.observe.capture;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one direction of a TCP connection. Sequence numbers are the wire's own 32 bits; where 0 means "none yet",
 * that is so in Wireshark's analysis too, which {@link TcpRules} follows.
 */
final class TcpSide {
    private static final int MOST_HOLES = 16;

    /** The number of the first packet seen, which tells whether a SYN is a new connection's. */
    int first;

    boolean firstKnown;
    /** The number that the next segment should have; 0 before the first. */
    int next;
    /** When the segment came that made {@link #next} what it is. */
    long nextNanos;

    int lastAck;
    long lastAckNanos;
    /** How often the last acknowledgement was repeated; -1, which counts as many, after one for what was not seen. */
    int duplicateAcks;
    /** The end of what was seen without a gap; 0 before. Moved on once an acknowledgement went beyond it. */
    int seenUntil;
    /** The window as it was in the last header, unscaled; -1 before. */
    int window = -1;
    /** Flags of {@link TcpRules} that the last segment got. */
    int lastMarks;

    long retransmissions;
    long fastRetransmissions;
    long spuriousRetransmissions;
    long outOfOrder;
    long lostSegments;
    long duplicateAckFrames;
    long zeroWindows;

    /** Payload that was seen before: lost behind the capturing point, or repeated for nothing. */
    long repeatedBytes;
    /** Payload missing when a later segment came, which was seen afterwards: lost before the capturing point, or late. */
    long filledBytes;
    /** All payload that was ever missing when a later segment came. */
    long holeBytes;

    private int @Nullable [] holes;
    private int holeCount;

    /** The end of the segment whose acknowledgement is awaited; see {@link #timing}. */
    int timedEnd;

    long timedNanos;
    boolean timing;
    long rtts;
    long lastRttNanos;
    double rttSumNanos;
    double rttSquares;
    long rttMinNanos = Long.MAX_VALUE;
    long rttMaxNanos;

    /** A segment left out what lies between. The oldest holes are forgotten first. */
    void addHole(int from, int until) {
        if (holes == null) {
            holes = new int[2 * MOST_HOLES];
        }
        if (holeCount == MOST_HOLES) {
            System.arraycopy(holes, 2, holes, 0, 2 * (MOST_HOLES - 1));
            holeCount--;
        }
        holes[2 * holeCount] = from;
        holes[2 * holeCount + 1] = until;
        holeCount++;
        holeBytes += Integer.toUnsignedLong(until - from);
    }

    /** A segment that brings nothing new beyond {@link #next}: fills holes as far as it can, and repeats for the rest. */
    void fill(int from, int until) {
        long filled = 0;
        for (int i = 0; holes != null && i < holeCount; i++) {
            int begin = later(from, holes[2 * i]);
            int end = earlier(until, holes[2 * i + 1]);
            if (end - begin > 0) {
                filled += end - begin;
                if (begin != holes[2 * i] && end != holes[2 * i + 1] && holeCount < MOST_HOLES) {
                    holes[2 * holeCount] = end;
                    holes[2 * holeCount + 1] = holes[2 * i + 1];
                    holeCount++;
                    holes[2 * i + 1] = begin;
                } else if (begin == holes[2 * i]) {
                    holes[2 * i] = end;
                } else {
                    holes[2 * i + 1] = begin;
                }
            }
        }
        dropEmptyHoles();
        filledBytes += filled;
        repeatedBytes += Math.max(0, until - from - filled);
    }

    private void dropEmptyHoles() {
        int kept = 0;
        for (int i = 0; holes != null && i < holeCount; i++) {
            if (holes[2 * i] != holes[2 * i + 1]) {
                holes[2 * kept] = holes[2 * i];
                holes[2 * kept + 1] = holes[2 * i + 1];
                kept++;
            }
        }
        holeCount = kept;
    }

    /** An acknowledgement came for the segment that is timed. */
    void acknowledged(long afterNanos) {
        timing = false;
        rtts++;
        lastRttNanos = afterNanos;
        rttSumNanos += afterNanos;
        rttSquares += (double) afterNanos * afterNanos;
        rttMinNanos = Math.min(rttMinNanos, afterNanos);
        rttMaxNanos = Math.max(rttMaxNanos, afterNanos);
    }

    private static int later(int a, int b) {
        return a - b > 0 ? a : b;
    }

    private static int earlier(int a, int b) {
        return a - b < 0 ? a : b;
    }
}
