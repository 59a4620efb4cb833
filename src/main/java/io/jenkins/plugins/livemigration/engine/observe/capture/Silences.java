package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The outages of one conversation: counted and added up all, kept the longest. */
final class Silences {
    /** How many are kept of a conversation. */
    static final int MOST = 16;

    private final List<Silence> longest = new ArrayList<>(0);
    private long count;
    private long totalNanos;

    /** Why a silence is taken for an outage. */
    enum Sign {
        /** TCP at the other end repeated a segment meanwhile. */
        REPEATED,
        /** At least two datagrams went to the silent end meanwhile. */
        UNANSWERED,
        /** A steady stream stopped: more than ten times its mean spacing. */
        STREAM_STOPPED,
        /** At least two numbered requests of our own probe, sent meanwhile, were never answered. */
        PROBES_LOST
    }

    /**
     * A time without packets from one end.
     *
     * @param byA whether the first packet's sender was silent
     * @param startNanos its last packet before, since 1970
     * @param endNanos its first packet after; the capture's end if {@code open}
     * @param durationNanos end minus start minus the spacing that is normal
     * @param open still silent when the capture ended
     */
    record Silence(boolean byA, long startNanos, long endNanos, long durationNanos, boolean open, Sign sign) {}

    void add(Silence silence) {
        count++;
        totalNanos += silence.durationNanos();
        longest.add(silence);
        if (longest.size() > MOST) {
            longest.remove(longest.stream()
                    .min(Comparator.comparingLong(Silence::durationNanos))
                    .orElseThrow());
        }
    }

    /** The longest ones, in order of time. */
    List<Silence> longest() {
        return longest.stream()
                .sorted(Comparator.comparingLong(Silence::startNanos))
                .toList();
    }

    long count() {
        return count;
    }

    long totalNanos() {
        return totalNanos;
    }
}
