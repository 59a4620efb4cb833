package io.jenkins.plugins.livemigration.engine.observe.capture;

import io.jenkins.plugins.livemigration.engine.observe.capture.Silences.Sign;
import io.jenkins.plugins.livemigration.engine.observe.capture.Silences.Silence;

/**
 * Tells an outage from a conversation that had nothing to say. An end's silence counts if it is at least as long as the
 * limit and has one of the signs of {@link Sign}; what was idle has none.
 */
final class SilenceRule {
    private static final int UNANSWERED = 2;
    private static final int STEADY_FRAMES = 50;
    private static final int STEADY_FACTOR = 10;

    private final long limitNanos;

    /** @param limitNanos shorter silences are none */
    SilenceRule(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Looks at the silence that a frame ends, before the frame is added to its side. */
    void look(Flow flow, FlowSide side, FlowSide other, long nanos) {
        if (side.frames > 0 && nanos - side.lastNanos >= limitNanos) {
            judge(flow, side, other, nanos, false);
        }
    }

    /** Looks at the silence that lasts when the capture ends. */
    void atEnd(Flow flow, FlowSide side, FlowSide other, long nanos) {
        if (side.frames > 0 && !flow.closed && nanos - side.lastNanos >= limitNanos) {
            judge(flow, side, other, nanos, true);
        }
    }

    private static void judge(Flow flow, FlowSide side, FlowSide other, long nanos, boolean open) {
        long gap = nanos - side.lastNanos;
        long spacing = side.frames > 1 ? (side.lastNanos - side.firstNanos) / (side.frames - 1) : 0;
        boolean tcp = flow.protocol == Packet.TCP;
        Sign sign;
        if (tcp && other.repeated() > side.repeatedByOtherAtLast) {
            sign = Sign.REPEATED;
        } else if (!tcp && other.frames - side.othersAtLast >= UNANSWERED) {
            sign = Sign.UNANSWERED;
        } else if (side.frames >= STEADY_FRAMES && gap > STEADY_FACTOR * spacing && !open) {
            sign = Sign.STREAM_STOPPED;
        } else {
            return;
        }
        long normal = Math.min(spacing, gap);
        flow.silences.add(new Silence(side == flow.fromA, side.lastNanos, nanos, gap - normal, open, sign));
    }
}
