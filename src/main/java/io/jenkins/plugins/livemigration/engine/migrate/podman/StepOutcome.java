package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.text.Message;

/** How a strategy's work ended. */
sealed interface StepOutcome {

    /** The workload runs at the destination, which said so. */
    record Done() implements StepOutcome {}

    /** It did not work, or its end is not known; recovery finds out where the workload is. */
    record Broken(String stage, Message cause) implements StepOutcome {}

    /** Somebody asked to stop, and the destination has not been asked to restore yet. */
    record Stopped() implements StepOutcome {}

    /** The hosts cannot do this; nothing was touched. */
    record Unsupported(Message reason) implements StepOutcome {}
}
