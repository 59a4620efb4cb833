package io.jenkins.plugins.livemigration.engine.remote;

import java.time.Duration;

/** A command that was started and may still run. */
public interface RunningCommand {

    /**
     * Waits for the end.
     *
     * @return {@link CommandResult.Lost} if the connection dropped or the time is over; after a time-out the command is
     *     killed
     */
    CommandResult await(Duration timeout) throws InterruptedException;

    /** Kills the command and does not wait; {@link #await} tells what became of it. */
    void kill();
}
