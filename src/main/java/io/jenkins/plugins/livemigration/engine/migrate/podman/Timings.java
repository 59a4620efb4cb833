package io.jenkins.plugins.livemigration.engine.migrate.podman;

import java.time.Duration;

/**
 * How long the driver waits.
 *
 * @param gateValidity after this the gate opens by itself; renewed at a third of it
 * @param step for one step of a migration: many gigabytes of memory fit
 * @param patience how long a host that fell silent is asked again before it counts as silent
 */
record Timings(Duration gateValidity, Duration step, Duration patience) {
    static final Timings DEFAULT = new Timings(Duration.ofSeconds(30), Duration.ofMinutes(30), Duration.ofSeconds(30));
}
