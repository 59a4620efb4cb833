package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A service whose outages are known, and a probe that watches it: the truth that the detector is held against. Times in
 * nanoseconds from the start of the probe.
 */
final class SimulatedService {
    static final long MS = 1_000_000;
    static final long OPEN = 200 * MS;
    static final long REQUESTED = 1_200 * MS;
    /** A request leaves so long after the moment that is noted as its sending; part of the round trip. */
    static final long LEAVING = 2_000;

    /** What happens to requests that arrive during an outage. */
    enum While {
        /** They are lost: a frozen container behind a gate, or an address that is nowhere. */
        DROPPED,
        /** They wait and are answered in order at its end: a paused guest. */
        QUEUED
    }

    /** Whom the measuring machine does not let run. */
    enum Held {
        /** Our whole process, as when it collects garbage. */
        PROCESS,
        /** The thread that reads replies: its processor is busy, the sender's is not. */
        RECEIVER,
        /** Also what is on its way through this machine, and a service on it. */
        MACHINE
    }

    /** Of which the watch tells if it is longer than its resolution. */
    record Pause(Held who, long from, long until) {}

    record Out(long from, long until) {
        long length() {
            return until - from;
        }
    }

    final long interval;
    final List<Out> outages = new ArrayList<>();
    While during = While.DROPPED;
    long leg = MS / 5;
    double loss;
    long maxLateness;
    double lateShare;
    /** How often, and by how much at most, the receiving thread is held up with a reply. */
    double heldUpShare;

    long maxHoldUp;
    /** From when on these happen, and the next two. */
    long troubleSince;
    /** How often, and by how much at most, an attempt leaves later than it is noted as sent. */
    double leavesLateShare;

    long maxLeaving;
    /** Before its last packet an attempt waits so often for our receiving thread to send the next: a connection does. */
    int acts;

    long end = 8_000 * MS;
    final List<Pause> pauses = new ArrayList<>();
    boolean watched;
    private final Random random;
    final List<Integer> lostAtRandom = new ArrayList<>();

    SimulatedService(long interval, long seed) {
        this.interval = interval;
        this.random = new Random(seed);
    }

    SampleTimes times() {
        return times(List.of());
    }

    SampleTimes times(List<Phase> phases) {
        return new SampleTimes(OPEN, REQUESTED, OptionalLong.empty(), OptionalLong.of(end - 2_000 * MS), end, phases);
    }

    RecordedTrace probed() {
        RecordedTrace.Builder trace = new RecordedTrace.Builder(0, interval);
        if (watched) {
            watch(trace);
        }
        long last = -1;
        int attempt = 0;
        while (true) {
            long due = (last + 1) * interval;
            long sent = due + (random.nextDouble() < lateShare ? (long) (random.nextDouble() * maxLateness) : 0);
            sent = afterPauses(sent, Held.PROCESS, Held.MACHINE);
            int slot = (int) Math.max(last + 1, sent / interval);
            if (sent > end + 100 * MS) {
                return trace.build();
            }
            long left = afterPauses(sent + LEAVING + leaving(sent), Held.PROCESS, Held.MACHINE);
            trace.sent(slot, sent, left - sent);
            long arrival = afterPauses(left + leg(), Held.MACHINE);
            for (int act = 0; act < acts && at(arrival) == null; act++) {
                arrival = afterPauses(received(arrival + leg()) + leg(), Held.MACHINE);
            }
            boolean lost = random.nextDouble() < loss;
            Out outage = at(arrival);
            if (lost) {
                lostAtRandom.add(attempt);
            } else if (outage == null) {
                trace.replied(slot, received(arrival + leg()));
            } else if (during == While.QUEUED) {
                trace.replied(slot, received(afterPauses(outage.until(), Held.MACHINE) + leg()));
            }
            last = slot;
            attempt++;
        }
    }

    private long received(long there) {
        boolean heldUp = there >= troubleSince && random.nextDouble() < heldUpShare;
        long read = there + (heldUp ? (long) (random.nextDouble() * maxHoldUp) : 0);
        return afterPauses(read, Held.values());
    }

    private long leaving(long sent) {
        boolean late = sent >= troubleSince && random.nextDouble() < leavesLateShare;
        return late ? (long) (random.nextDouble() * maxLeaving) : 0;
    }

    /** The watch wakes each millisecond, and knows that it woke late, but not for how long it could have woken before. */
    private void watch(RecordedTrace.Builder trace) {
        trace.watched(HoldUpWatch.RESOLUTION_NANOS);
        for (Pause pause : pauses) {
            if (pause.until() - pause.from() > HoldUpWatch.RESOLUTION_NANOS) {
                trace.heldUp(pause.from() - (long) (random.nextDouble() * MS), pause.until());
            }
        }
    }

    private long afterPauses(long moment, Held... who) {
        long after = moment;
        for (Pause pause : pauses) {
            if (List.of(who).contains(pause.who()) && after >= pause.from() && after < pause.until()) {
                after = pause.until();
            }
        }
        return after;
    }

    private Out at(long arrival) {
        return outages.stream()
                .filter(out -> arrival >= out.from() && arrival < out.until())
                .findFirst()
                .orElse(null);
    }

    /**
     * Never longer than the shortest round trip, which is the detector's one assumption; and round trips differ by less than
     * an interval, so that no ordinary gap is longer than an ordinary one and an interval.
     */
    private long leg() {
        return leg + (long) (random.nextDouble() * Math.min(0.8 * leg, 0.45 * interval));
    }
}
