package io.jenkins.plugins.livemigration.engine.observe.capture;

/**
 * Tells repeated, reordered and missing TCP segments as Wireshark does (its User's Guide, "TCP Analysis", is the
 * definition; compared with tshark 4.0.17 frame by frame), and beside that measures what Wireshark's users do not: holes
 * and repetitions in bytes, and round trips by Karn's rule.
 */
final class TcpRules {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;

    static final int RETRANSMISSION = 1;
    static final int FAST_RETRANSMISSION = 1 << 1;
    static final int SPURIOUS_RETRANSMISSION = 1 << 2;
    static final int OUT_OF_ORDER = 1 << 3;
    static final int LOST_SEGMENT = 1 << 4;
    static final int KEEP_ALIVE = 1 << 5;
    static final int DUPLICATE_ACK = 1 << 6;
    static final int ZERO_WINDOW = 1 << 7;
    static final int ZERO_WINDOW_PROBE = 1 << 8;
    private static final int KEEP_ALIVE_ACK = 1 << 9;
    private static final int ZERO_WINDOW_PROBE_ACK = 1 << 10;
    /** What the display filter {@code tcp.analysis.retransmission} finds. */
    static final int ANY_RETRANSMISSION = RETRANSMISSION | FAST_RETRANSMISSION | SPURIOUS_RETRANSMISSION;

    private static final int NO_MORE_DATA = SYN | FIN | RST;
    private static final int ANSWERS_ONLY = KEEP_ALIVE_ACK | ZERO_WINDOW_PROBE_ACK;
    /** A fast retransmission follows the duplicate acknowledgement so soon. */
    private static final long FAST_NANOS = 20_000_000;
    /** Out of order is what comes within this of the newest segment, if the handshake's round trip is not known. */
    private static final long REORDER_NANOS = 3_000_000;

    private TcpRules() {}

    /** Takes in a segment that {@code forward} sent; returns the marks that it gets. */
    static int take(Flow flow, TcpSide forward, TcpSide backward, Packet packet, long nanos) {
        if (!forward.firstKnown) {
            forward.first = (packet.flags & SYN) != 0 ? packet.sequence : packet.sequence - 1;
            forward.firstKnown = true;
        }
        if (!backward.firstKnown && (packet.flags & ACK) != 0) {
            backward.first = packet.acknowledged - 1;
            backward.firstKnown = true;
        }
        int marks = state(forward, backward, packet);
        if (packet.acknowledged != forward.lastAck) {
            forward.duplicateAcks = 0;
        }
        acknowledgedUnseen(backward, packet);
        boolean occupies = packet.payload > 0 || (packet.flags & (SYN | FIN)) != 0;
        if (occupies) {
            marks |= repetition(flow, forward, backward, packet, marks, nanos);
        }
        count(forward, marks);
        measure(forward, backward, packet, marks, nanos);
        int end = packet.sequence + packet.payload + (occupies && (packet.flags & (SYN | FIN)) != 0 ? 1 : 0);
        if ((end - forward.next > 0 || forward.next == 0) && (marks & ZERO_WINDOW_PROBE) == 0) {
            forward.next = end;
            forward.nextNanos = nanos;
        }
        if ((packet.sequence == forward.seenUntil || forward.seenUntil == 0) && (marks & ZERO_WINDOW_PROBE) == 0) {
            forward.seenUntil = forward.next;
        }
        forward.window = packet.window;
        forward.lastAck = packet.acknowledged;
        forward.lastAckNanos = nanos;
        forward.lastMarks = marks;
        handshake(flow, packet, nanos);
        return marks;
    }

    /** Marks that the segment has by itself: probes of a closed window, signs of life, gaps, duplicate acknowledgements. */
    private static int state(TcpSide forward, TcpSide backward, Packet packet) {
        boolean ordinary = (packet.flags & NO_MORE_DATA) == 0;
        boolean expected = packet.sequence == forward.next;
        if (packet.payload == 1 && expected && backward.window == 0) {
            return ZERO_WINDOW_PROBE;
        }
        int marks = 0;
        if (packet.window == 0 && ordinary) {
            marks |= ZERO_WINDOW;
        }
        if (forward.next != 0 && packet.sequence - forward.next > 0 && (packet.flags & RST) == 0) {
            marks |= LOST_SEGMENT;
        }
        if (packet.payload <= 1 && packet.sequence == forward.next - 1 && ordinary) {
            marks |= KEEP_ALIVE;
        }
        boolean repeatsAck = packet.payload == 0
                && packet.window == forward.window
                && expected
                && packet.acknowledged == forward.lastAck
                && ordinary;
        if (repeatsAck && packet.window == 0) {
            return (backward.lastMarks & ZERO_WINDOW_PROBE) != 0 ? marks | ZERO_WINDOW_PROBE_ACK : marks;
        }
        if (repeatsAck) {
            if ((backward.lastMarks & KEEP_ALIVE) != 0) {
                return marks | KEEP_ALIVE_ACK;
            }
            forward.duplicateAcks = Math.max(0, forward.duplicateAcks) + 1;
            marks |= DUPLICATE_ACK;
        }
        return marks;
    }

    /** An acknowledgement of what was not seen makes Wireshark forget how often the other way's was repeated. */
    private static void acknowledgedUnseen(TcpSide backward, Packet packet) {
        if (backward.seenUntil == 0 || (packet.flags & ACK) == 0 || packet.acknowledged - backward.seenUntil <= 0) {
            return;
        }
        if (backward.next - backward.seenUntil > 0) {
            backward.seenUntil = backward.next;
        } else {
            backward.duplicateAcks = -1;
        }
    }

    private static int repetition(Flow flow, TcpSide forward, TcpSide backward, Packet packet, int marks, long nanos) {
        if ((marks & (KEEP_ALIVE | ANSWERS_ONLY)) != 0) {
            return 0;
        }
        boolean behind = forward.next != 0 && packet.sequence - forward.next < 0;
        if (packet.payload > 1 && packet.sequence == forward.next - 1) {
            behind = false;
        }
        if (packet.payload > 0 && backward.lastAck != 0 && packet.sequence + packet.payload - backward.lastAck <= 0) {
            return SPURIOUS_RETRANSMISSION;
        }
        if (!behind) {
            return 0;
        }
        if (Integer.compareUnsigned(backward.duplicateAcks, 2) >= 0
                && backward.lastAck == packet.sequence
                && since(nanos, backward.lastAckNanos, FAST_NANOS)) {
            return FAST_RETRANSMISSION;
        }
        int end = packet.sequence + packet.payload + ((packet.flags & (SYN | FIN)) != 0 ? 1 : 0);
        long reorder = flow.handshakeNanos == 0 ? REORDER_NANOS : flow.handshakeNanos;
        if (since(nanos, forward.nextNanos, reorder) && forward.next != end) {
            return OUT_OF_ORDER;
        }
        return RETRANSMISSION;
    }

    /** Whether less than {@code limit} has passed; time that runs backwards is taken as very long, as Wireshark does. */
    private static boolean since(long now, long then, long limit) {
        return Long.compareUnsigned(now - then, limit) < 0;
    }

    private static void count(TcpSide side, int marks) {
        if (marks == 0) {
            return;
        }
        side.retransmissions += (marks & ANY_RETRANSMISSION) != 0 ? 1 : 0;
        side.fastRetransmissions += (marks & FAST_RETRANSMISSION) != 0 ? 1 : 0;
        side.spuriousRetransmissions += (marks & SPURIOUS_RETRANSMISSION) != 0 ? 1 : 0;
        side.outOfOrder += (marks & OUT_OF_ORDER) != 0 ? 1 : 0;
        side.lostSegments += (marks & LOST_SEGMENT) != 0 ? 1 : 0;
        side.duplicateAckFrames += (marks & DUPLICATE_ACK) != 0 ? 1 : 0;
        side.zeroWindows += (marks & ZERO_WINDOW) != 0 ? 1 : 0;
    }

    /** Holes, repetitions and round trips. {@code forward.next} is still what it was before the segment. */
    private static void measure(TcpSide forward, TcpSide backward, Packet packet, int marks, long nanos) {
        int from = packet.sequence + ((packet.flags & SYN) != 0 ? 1 : 0);
        int end = from + packet.payload;
        boolean fresh = end - forward.next > 0 || forward.next == 0;
        if ((marks & LOST_SEGMENT) != 0) {
            forward.addHole(forward.next, packet.sequence);
        }
        if (packet.payload > 0 && (marks & (KEEP_ALIVE | ZERO_WINDOW_PROBE)) == 0) {
            if (forward.next != 0 && from - forward.next < 0) {
                forward.fill(from, fresh ? forward.next : end);
                // Karn: an acknowledgement may now be of either copy.
                forward.timing = forward.timing && forward.timedEnd - from <= 0;
            }
            if (fresh && !forward.timing) {
                forward.timing = true;
                forward.timedEnd = end;
                forward.timedNanos = nanos;
            }
        }
        if (backward.timing && (packet.flags & ACK) != 0 && packet.acknowledged - backward.timedEnd >= 0) {
            backward.acknowledged(nanos - backward.timedNanos);
        }
    }

    private static void handshake(Flow flow, Packet packet, long nanos) {
        int opening = packet.flags & (SYN | ACK);
        if (opening == SYN) {
            flow.synNanos = nanos;
        } else if (opening == ACK && flow.synNanos != 0 && flow.handshakeNanos == 0) {
            flow.handshakeNanos = nanos - flow.synNanos;
        }
        if ((packet.flags & (FIN | RST)) != 0) {
            flow.closed = true;
        }
    }
}
