package io.jenkins.plugins.livemigration.engine.remote;

import java.io.InputStream;
import java.time.Duration;

/**
 * A machine on which commands run: over one multiplexed SSH connection, or this machine itself. Safe for use by several
 * threads at once; every command gets a channel (a process) of its own.
 */
public interface Host extends AutoCloseable {

    /** The name that the plan gives it. */
    String name();

    /**
     * Runs a command in the host's shell and waits for its end. Reconnects once if the connection turns out to be dead
     * before the command was sent; never sends a command twice.
     *
     * @param command shell text; words from outside must have gone through {@link ShellWords}
     * @param timeout after which the command is killed and {@link CommandResult.Lost} is returned
     * @return an ended command with its exit code, or {@link CommandResult.Lost} if its end is not known
     * @throws InterruptedException if the calling thread is interrupted; the command is killed as far as that is possible
     */
    CommandResult run(String command, Duration timeout) throws InterruptedException;

    /** Like {@link #run(String, Duration)} with something on standard input, which is read to its end and closed. */
    CommandResult run(String command, InputStream standardInput, Duration timeout) throws InterruptedException;

    /**
     * Starts a command and hands its standard output, line by line as they come, to {@code lines} (on a thread of the
     * host's). For long commands whose progress matters.
     */
    RunningCommand start(String command, java.util.function.Consumer<String> lines);

    /** Opens the connection if it is not open; a round trip proves it. */
    Reachability probe(Duration timeout) throws InterruptedException;

    /**
     * Estimates the offset of the host's wall clock over one open channel.
     *
     * @return empty if the host cannot be reached or does not answer in the expected form
     */
    java.util.Optional<ClockOffset> clockOffset(Duration timeout) throws InterruptedException;

    /** Closes the connection. Commands still running on it are lost. */
    @Override
    void close();
}
