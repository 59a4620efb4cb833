package io.jenkins.plugins.livemigration.engine.remote;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One SSH connection and the shells on it. A few shells are opened in advance, so that a command costs one round trip
 * and neither a login shell's start nor a fork of the server's. Thread-safe.
 */
final class SshConnection {
    /** Shells that wait in advance. */
    private static final int SPARES = 2;
    /** Commands at once: with the spares as many channels as an OpenSSH server allows by default (MaxSessions 10). */
    private static final int COMMANDS = 8;
    /**
     * A shell that was opened in advance is used if the line was alive so short a time ago and no channel was cut off
     * since; otherwise a new one is opened, whose round trip proves the line before anything is sent.
     */
    private static final Duration FRESH = Duration.ofSeconds(10);
    /** How often a refused channel is asked for again; an end of another one is not missed for long. */
    private static final int RETRY_MILLIS = 100;
    /** So many refusals in a row while no channel is open mean that there never will be one. */
    private static final int REFUSALS = 10;
    /** JSch waits 20 s for the answer to a request for a channel. */
    private static final Duration NO_ANSWER = Duration.ofSeconds(15);

    /** What JSch needs at most to end a session's channels. */
    private static final Duration GOING_DOWN = Duration.ofMillis(250);

    private final Session session;
    private final SshSockets sockets;
    private final Executor executor;
    private final Semaphore places = new Semaphore(COMMANDS, true);
    private final Deque<Spare> spares = new ArrayDeque<>();
    private int sparesOpening;
    /** Channels that are open, the spares among them. */
    private int open;

    private boolean sparing = true;

    /**
     * Channels that were cut off. When the line drops, JSch ends the channels one after another and calls the session
     * connected until the last is gone: who learns of the first must not be handed one of the others.
     */
    private final AtomicInteger cuts = new AtomicInteger();

    /**
     * A shell that waits.
     *
     * @param cutsBefore how many channels had been cut off when it was asked for; it is to be trusted while there are no more
     */
    private record Spare(ShellChannel shell, int cutsBefore) {}

    SshConnection(Session session, SshSockets sockets, Executor executor) {
        this.session = session;
        this.sockets = sockets;
        this.executor = executor;
    }

    boolean alive() {
        return session.isConnected();
    }

    /** Whether it is dead, or ends just now, which takes JSch a moment in which it still calls it connected. */
    boolean isGoingDown() {
        long until = System.nanoTime() + GOING_DOWN.toNanos();
        while (alive() && System.nanoTime() < until) {
            LockSupport.parkNanos(1_000_000);
        }
        return !alive();
    }

    Session session() {
        return session;
    }

    /**
     * A shell for one command; waits while as many commands run as the server allows. The shell counts as in use until its
     * channel ends.
     *
     * @throws IOException if the connection is dead or the server opens no channel; nothing was sent
     */
    ShellChannel take() throws IOException, InterruptedException {
        places.acquire();
        boolean taken = false;
        try {
            ShellChannel shell = takeBeyondLimit();
            shell.whenEnded(end -> places.release());
            taken = true;
            return shell;
        } finally {
            if (!taken) {
                places.release();
            }
        }
    }

    /** Like {@link #take} without waiting for a place, for what must not wait: killing a command. */
    ShellChannel takeBeyondLimit() throws IOException, InterruptedException {
        if (!alive()) {
            throw new IOException("connection lost");
        }
        Optional<ShellChannel> spare = sockets.silence().compareTo(FRESH) < 0 ? spare() : Optional.empty();
        ShellChannel shell = spare.isPresent() ? spare.get() : open();
        replenish();
        return shell;
    }

    private synchronized Optional<ShellChannel> spare() {
        while (!spares.isEmpty()) {
            Spare spare = spares.removeFirst();
            if (spare.cutsBefore() != cuts.get()) {
                discard(spare.shell());
            } else if (spare.shell().usable()) {
                return Optional.of(spare.shell());
            }
        }
        return Optional.empty();
    }

    /** Closes a shell that waits; not here, since closing writes to a line that may be stuck. */
    private void discard(ShellChannel shell) {
        try {
            executor.execute(shell::close);
        } catch (RejectedExecutionException closing) {
            // with the connection goes the shell
        }
    }

    /** Opens a shell. If the server allows no more of them, takes a spare, or tries again while others are open. */
    private ShellChannel open() throws IOException, InterruptedException {
        for (int refusals = 0; refusals < REFUSALS; ) {
            long asked = System.nanoTime();
            try {
                return counted(ShellChannel.open(session, cuts::incrementAndGet));
            } catch (JSchException refusal) {
                if (!alive() || System.nanoTime() - asked > NO_ANSWER.toNanos()) {
                    close();
                    throw new IOException("connection lost", refusal);
                }
                Optional<ShellChannel> spare = awaitAChance();
                if (spare.isPresent()) {
                    return spare.get();
                }
                refusals = othersAreOpen() ? 0 : refusals + 1;
            }
        }
        throw new IOException("the host opens no channel");
    }

    private ShellChannel counted(ShellChannel shell) {
        synchronized (this) {
            open++;
        }
        shell.whenEnded(end -> {
            synchronized (this) {
                open--;
                notifyAll();
            }
        });
        return shell;
    }

    private synchronized boolean othersAreOpen() {
        return open > 0;
    }

    /** After a refusal: a spare if there is one, or a pause until some channel has ended. */
    @SuppressWarnings("WaitNotInLoop") // the caller's
    private synchronized Optional<ShellChannel> awaitAChance() throws InterruptedException {
        sparing = false;
        Optional<ShellChannel> spare = spare();
        if (spare.isEmpty()) {
            wait(RETRY_MILLIS);
        }
        return spare;
    }

    private synchronized void replenish() {
        while (sparing && spares.size() + sparesOpening < SPARES) {
            sparesOpening++;
            try {
                executor.execute(this::openSpare);
            } catch (RejectedExecutionException closing) {
                sparesOpening--;
                sparing = false;
            }
        }
    }

    private void openSpare() {
        int cutsBefore = cuts.get();
        try {
            ShellChannel spare = counted(ShellChannel.open(session, cuts::incrementAndGet));
            synchronized (this) {
                spares.addLast(new Spare(spare, cutsBefore));
            }
        } catch (JSchException | IOException refused) {
            synchronized (this) {
                sparing = false;
            }
        } finally {
            synchronized (this) {
                sparesOpening--;
                notifyAll();
            }
        }
    }

    void close() {
        session.disconnect();
    }
}
