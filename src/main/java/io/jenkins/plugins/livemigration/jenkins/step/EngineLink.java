package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.MasterToSlaveFileCallable;
import jenkins.model.Jenkins;

/** How to get to an engine again: agent, folder and process. Survives a restart of the controller. */
final class EngineLink implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int PATIENCE_SECONDS = 30;

    private final String agent;
    private final String folder;
    private final String jar;
    private final EngineIdentity engine;
    private long offset;

    /**
     * A link.
     *
     * @param agent the node's name; empty for the controller's own
     * @param folder the run's folder there
     * @param jar the engine's jar there
     */
    EngineLink(String agent, String folder, String jar, EngineIdentity engine) {
        this.agent = agent;
        this.folder = folder;
        this.jar = jar;
        this.engine = engine;
    }

    String agent() {
        return agent;
    }

    String jar() {
        return jar;
    }

    EngineIdentity engine() {
        return engine;
    }

    /** How much of the engine's progress has been shown. */
    synchronized long offset() {
        return offset;
    }

    synchronized void advance(int bytes) {
        offset += bytes;
    }

    /** The run's folder; empty while the agent is away. */
    Optional<FilePath> folder() {
        return on(agent, folder);
    }

    /** A path on an agent; empty while it is away. */
    static Optional<FilePath> on(String agent, String path) {
        Computer computer = Jenkins.get().getComputer(agent);
        VirtualChannel channel = computer == null ? null : computer.getChannel();
        return channel == null ? Optional.empty() : Optional.of(new FilePath(channel, path));
    }

    /** Whether Jenkins still knows the agent. */
    boolean agentExists() {
        return Jenkins.get().getComputer(agent) != null;
    }

    /**
     * Does something in the run's folder on the agent, with a limit of time: a connection can be dead long before that is
     * noticed.
     *
     * @throws IOException if the agent is away or does not answer, or what was to be done failed there
     */
    <T> T act(FilePath where, MasterToSlaveFileCallable<T> what) throws IOException, InterruptedException {
        return act(where, what, PATIENCE_SECONDS);
    }

    /** The same, of something that may take so long. */
    <T> T act(FilePath where, MasterToSlaveFileCallable<T> what, int seconds) throws IOException, InterruptedException {
        try {
            return where.actAsync(what).get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getMessage()), failed);
        } catch (TimeoutException silent) {
            throw new IOException("The agent did not answer within " + seconds + " s", silent);
        }
    }
}
