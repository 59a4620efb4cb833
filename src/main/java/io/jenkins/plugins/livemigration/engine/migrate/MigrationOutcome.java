package io.jenkins.plugins.livemigration.engine.migrate;

import io.jenkins.plugins.livemigration.engine.text.Message;

/** How a migration ended, as the platform tells it. */
public sealed interface MigrationOutcome {

    /** The platform says that it is done; the workload runs at the destination. */
    record Completed() implements MigrationOutcome {}

    /**
     * It failed.
     *
     * @param stage the phase in which it failed
     * @param cause why, naming the host
     * @param whereabouts where the workload is after what the driver did to save it
     */
    record Failed(String stage, Message cause, Whereabouts whereabouts) implements MigrationOutcome {}

    /** The platform cannot do this at all; the workload was not touched. */
    record NotSupported(Message reason) implements MigrationOutcome {}

    /** Cancelled on request; the workload is where {@code whereabouts} says. */
    record Cancelled(Whereabouts whereabouts) implements MigrationOutcome {}
}
