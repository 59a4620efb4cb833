package io.jenkins.plugins.livemigration.engine.observe;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An absolute schedule: slot k is due at start + k * interval, however late its predecessors were, so that errors do not
 * add up.
 *
 * <p>Whoever was held up past the next slot's time sends once, at once, under the number of the newest slot that is due;
 * the slots in between stay empty. So every attempt is late by less than an interval against its own slot, there is never
 * a burst, and what was not sent is not counted as lost.
 *
 * <p>Waits by parking, never by spinning: with two or three probes on two cores spinning makes the others late.
 */
final class Schedule {
    private final long start;
    private final long interval;
    private long last = -1;
    private volatile boolean stopped;
    private volatile @Nullable Thread waiting;

    /**
     * @param start when slot 0 is due, as {@link System#nanoTime()}
     * @param interval in nanoseconds
     */
    Schedule(long start, long interval) {
        if (interval <= 0) {
            throw new IllegalArgumentException("interval of " + interval + " ns");
        }
        this.start = start;
        this.interval = interval;
    }

    /** Waits until the next slot is due. Called by one thread. Returns its number, or -1 once stopped. */
    long awaitNext() {
        waiting = Thread.currentThread();
        long slot = Math.max(last + 1, Math.floorDiv(System.nanoTime() - start, interval));
        long due = start + slot * interval;
        while (!stopped) {
            long now = System.nanoTime();
            if (now - due >= 0) {
                last = Math.max(slot, Math.floorDiv(now - start, interval));
                return last;
            }
            LockSupport.parkNanos(this, due - now);
        }
        return -1;
    }

    /** Ends the waiting, from any thread. */
    void stop() {
        stopped = true;
        LockSupport.unpark(waiting);
    }

    boolean stopped() {
        return stopped;
    }
}
