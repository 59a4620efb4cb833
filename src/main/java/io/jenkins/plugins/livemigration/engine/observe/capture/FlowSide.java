package io.jenkins.plugins.livemigration.engine.observe.capture;

import org.jspecify.annotations.Nullable;

/** What one end of a conversation sent, added up. */
final class FlowSide {
    long frames;
    long bytes;
    long payload;
    long firstNanos;
    long lastNanos;
    /** Sum of |d_i - d_(i-1)| over the spacings d of the frames. */
    long variationNanos;
    /** How many frames the other side had sent when this one sent its last. */
    long othersAtLast;
    /** How many of the other side's frames were repetitions by then. */
    long repeatedByOtherAtLast;

    private long lastSpacing;
    private final @Nullable TcpSide tcp;

    FlowSide(boolean tcp) {
        this.tcp = tcp ? new TcpSide() : null;
    }

    /** Adds a frame. */
    void add(Frame frame, Packet packet, FlowSide other) {
        if (frames == 0) {
            firstNanos = frame.nanos;
        } else {
            long spacing = frame.nanos - lastNanos;
            if (frames > 1) {
                variationNanos += Math.abs(spacing - lastSpacing);
            }
            lastSpacing = spacing;
        }
        lastNanos = frame.nanos;
        frames++;
        bytes += frame.length;
        payload += packet.payload;
        othersAtLast = other.frames;
        repeatedByOtherAtLast = other.repeated();
    }

    /** Frames that TCP sent again; 0 for UDP. */
    long repeated() {
        return tcp == null ? 0 : tcp.retransmissions;
    }

    /** TCP's part. */
    TcpSide tcp() {
        if (tcp == null) {
            throw new IllegalStateException("this conversation is not TCP");
        }
        return tcp;
    }
}
