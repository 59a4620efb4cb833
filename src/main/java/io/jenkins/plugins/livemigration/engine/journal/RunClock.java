package io.jenkins.plugins.livemigration.engine.journal;

import java.time.Instant;

/**
 * The one clock of a run: nanoseconds since the run's start, monotonic ({@code CLOCK_MONOTONIC} on Linux). Wall time is
 * read beside it as evidence, never subtracted.
 */
public interface RunClock {

    /** Nanoseconds since the run's start. */
    long nanos();

    /** The run time of a moment that was taken with {@link System#nanoTime()}. */
    long ofNanoTime(long nanoTime);

    /** Wall time, for people. */
    Instant wall();

    /** A clock whose zero is now. */
    static RunClock startingNow() {
        long origin = System.nanoTime();
        return new RunClock() {
            @Override
            public long nanos() {
                return System.nanoTime() - origin;
            }

            @Override
            public long ofNanoTime(long nanoTime) {
                return nanoTime - origin;
            }

            @Override
            public Instant wall() {
                return Instant.now();
            }
        };
    }
}
