package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import java.time.Duration;

/**
 * How often and how long the platform is asked.
 *
 * @param poll between two looks at a task in its first minutes
 * @param laterPoll between two looks at a task that takes long
 * @param retry before somebody who did not answer is asked again
 * @param patience how long a question is repeated when nobody answers
 * @param longest after which any migration is stopped: samples have a limit of their own, ways home have not
 * @param lost how long a task may be out of sight before it is given up
 * @param ha how long the HA manager may take to begin what it was asked for: its rounds take ten seconds each
 * @param stop how long a task that was told to stop may take
 * @param confirm how long the cluster may take to show a guest at its new place
 * @param recovery how long a recovery waits for a migration that is still under way
 */
record Pace(
        Duration poll,
        Duration laterPoll,
        Duration retry,
        Duration patience,
        Duration longest,
        Duration lost,
        Duration ha,
        Duration stop,
        Duration confirm,
        Duration recovery) {
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);

    /** Two looks a second, later one: what the web interface does too. */
    static Pace gentle() {
        return new Pace(
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofHours(6),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10));
    }

    /** For somebody who waits for the answer: every question once. */
    static Pace brief() {
        Pace gentle = gentle();
        return new Pace(
                gentle.poll,
                gentle.laterPoll,
                gentle.retry,
                Duration.ZERO,
                gentle.longest,
                gentle.lost,
                gentle.ha,
                gentle.stop,
                gentle.confirm,
                gentle.recovery);
    }

    /** How long to wait before the next look at something that began so long ago. */
    Duration pollAfter(Duration since) {
        return since.compareTo(FIRST_MINUTES) < 0 ? poll : laterPoll;
    }
}
