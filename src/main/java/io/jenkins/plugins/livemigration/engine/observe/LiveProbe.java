package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A running probe: its threads, and what they share. Whatever happens on the network, a probe goes on: an error is an
 * attempt without reply.
 *
 * <p>{@link #attempted} is called by the sending thread alone, {@link #answered} by the receiving thread alone; everything
 * else by any thread.
 */
abstract class LiveProbe implements AutoCloseable {
    /** All threads of probes are called so. */
    static final String THREAD_PREFIX = "probe-";

    private static final long POLL_NANOS = 1_000_000;

    private final ProbePlan plan;
    private final RunClock clock;
    private final ProbeFileWriter records;
    private final BitSet answered = new BitSet();
    private final AtomicLong replies = new AtomicLong();
    private volatile long lastAttempt = -1;
    private volatile long lastAttemptNanoTime;
    private volatile long lastAnswered = -1;

    LiveProbe(ProbePlan plan, RunClock clock, ProbeFileWriter records) {
        this.plan = plan;
        this.clock = clock;
        this.records = records;
    }

    /** Starts sending. */
    abstract void start();

    /** How many threads it has. */
    int threads() {
        return 2;
    }

    /** Sends no more; replies are still received. */
    abstract void stopSending();

    /** Ends the probe's threads and sockets; waits for the threads. Idempotent. */
    @Override
    public abstract void close();

    /** An attempt was made at that moment ({@link System#nanoTime()}). */
    final void attempted(long slot, long nanoTime) {
        attempted(slot, nanoTime, nanoTime);
    }

    /** An attempt was begun at the one moment and had left at the other. */
    final void attempted(long slot, long nanoTime, long left) {
        records.sent(slot, clock.ofNanoTime(nanoTime), left - nanoTime);
        lastAttemptNanoTime = nanoTime;
        lastAttempt = slot;
    }

    /** A reply came at that moment ({@link System#nanoTime()}); a second one to the same slot is ignored. */
    final void answered(long slot, long nanoTime) {
        if (slot < 0 || slot > Integer.MAX_VALUE || answered.get((int) slot)) {
            return;
        }
        answered.set((int) slot);
        records.replied(slot, clock.ofNanoTime(nanoTime));
        lastAnswered = Math.max(lastAnswered, slot);
        replies.incrementAndGet();
    }

    /** The other end received that attempt and sent its reply then, by its own clock. */
    final void stamped(long slot, long peerReceived, long peerSent) {
        records.stamped(slot, peerReceived, peerSent);
    }

    /** The reply to that attempt says that so many had arrived at the other end, itself included. */
    final void counted(long slot, int arrivals) {
        records.counted(slot, arrivals);
    }

    /** The held connection broke at that moment. */
    final void broke(long nanoTime) {
        records.broke(clock.ofNanoTime(nanoTime));
    }

    /** This machine is watched from now on. */
    final void watched(long resolutionNanos) {
        records.watched(clock.nanos(), resolutionNanos);
    }

    /** It held us up between these moments ({@link System#nanoTime()}); called by any thread. */
    final void heldUp(int processor, long since, long until) {
        records.heldUp(processor, clock.ofNanoTime(since), clock.ofNanoTime(until));
    }

    /**
     * The receiving thread is about to wait again, after it dealt with what it woke for at that moment ({@link
     * System#nanoTime()}). It runs no longer than some microseconds, unless it was held up on its way: then what came
     * meanwhile was read late.
     */
    final void readAllSince(long nanoTime) {
        long now = System.nanoTime();
        if (now - nanoTime > HoldUpWatch.RESOLUTION_NANOS) {
            heldUp(ProbeFile.NO_PROCESSOR, nanoTime, now);
        }
    }

    final String name() {
        return plan.name();
    }

    final ProbePlan plan() {
        return plan;
    }

    final ProbeFileWriter records() {
        return records;
    }

    final long replies() {
        return replies.get();
    }

    /** After {@link #stopSending}: waits until the last attempt is answered, no longer than the plan's time-out. */
    final void awaitLastReply() throws InterruptedException {
        long deadline = lastAttemptNanoTime + plan.timeout().toNanos();
        while (lastAnswered < lastAttempt && deadline - System.nanoTime() > 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** A daemon thread of this probe, named so that it can be told in a thread dump. */
    final Thread thread(String role, Runnable work) {
        Thread thread = new Thread(work, THREAD_PREFIX + role + "-" + plan.name());
        thread.setDaemon(true);
        return thread;
    }

    /** Waits for a thread's end, through interruptions, which are kept for the caller. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
