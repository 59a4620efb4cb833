package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One conversation: two ends, and what each sent to the other. */
final class Flow {
    /** Its place in the order of the conversations' first packets, from 0. */
    final int number;

    final int protocol;
    final long aHigh;
    final long aLow;
    final int aPort;
    final long bHigh;
    final long bLow;
    final int bPort;
    /** What the first packet's sender sent. */
    final FlowSide fromA;

    final FlowSide fromB;
    final Silences silences = new Silences();
    /** When the newest SYN was sent; 0 before. */
    long synNanos;
    /** From that SYN to the first packet that only acknowledges; 0 before. */
    long handshakeNanos;

    boolean closed;
    private @Nullable ProbeStream probe;

    Flow(int number, Packet first) {
        this.number = number;
        protocol = first.protocol;
        aHigh = first.sourceHigh;
        aLow = first.sourceLow;
        aPort = first.sourcePort;
        bHigh = first.targetHigh;
        bLow = first.targetLow;
        bPort = first.targetPort;
        boolean tcp = protocol == Packet.TCP;
        fromA = new FlowSide(tcp);
        fromB = new FlowSide(tcp);
    }

    /** Whether a packet is of this conversation, either way. */
    boolean matches(Packet packet) {
        return protocol == packet.protocol && (sentByA(packet) || sentByB(packet));
    }

    /** Whether the packet, which matches, goes from A to B. */
    boolean sentByA(Packet packet) {
        return packet.sourcePort == aPort
                && packet.targetPort == bPort
                && packet.sourceLow == aLow
                && packet.targetLow == bLow
                && packet.sourceHigh == aHigh
                && packet.targetHigh == bHigh;
    }

    private boolean sentByB(Packet packet) {
        return packet.sourcePort == bPort
                && packet.targetPort == aPort
                && packet.sourceLow == bLow
                && packet.targetLow == aLow
                && packet.sourceHigh == bHigh
                && packet.targetHigh == aHigh;
    }

    /** Whether the packet, which matches, opens a new connection between the same ends: a SYN with another number. */
    boolean reusedBy(Packet packet) {
        if (protocol != Packet.TCP || (packet.flags & (TcpRules.SYN | TcpRules.ACK)) != TcpRules.SYN) {
            return false;
        }
        TcpSide side = (sentByA(packet) ? fromA : fromB).tcp();
        return side.firstKnown && side.first != packet.sequence;
    }

    /** Takes in a frame of our own probes, if it is one. */
    void takeProbe(Packet packet, Frame frame, boolean byA) {
        if (packet.payloadCaptured >= ProbeStream.HEADER_BYTES
                && frame.integer(packet.payloadAt) == ProbeStream.MAGIC) {
            if (probe == null) {
                probe = new ProbeStream(frame.longInteger(packet.payloadAt + 8), byA);
            }
            probe.take(frame.longInteger(packet.payloadAt + 8), frame.integer(packet.payloadAt + 4), frame.nanos, byA);
        }
    }

    /** Our own probe, if this conversation is one's. */
    Optional<ProbeStream> probe() {
        return Optional.ofNullable(probe);
    }

    int hash() {
        return FlowTable.hash(protocol, aHigh, aLow, aPort, bHigh, bLow, bPort);
    }
}
