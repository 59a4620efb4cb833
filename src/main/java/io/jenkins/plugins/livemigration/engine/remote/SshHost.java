package io.jenkins.plugins.livemigration.engine.remote;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A host behind SSH. One connection carries all commands, each in a channel of its own; it is opened on first use and
 * again when it turns out to be dropped before a command was sent.
 *
 * <p>Commands run in the host's {@code sh}, whatever the user's login shell is, with {@code LC_ALL=C}. What they write is
 * kept up to a limit; of more, the middle is left out and the gap named. A command whose time is over is ended with its
 * process group over the same connection: SIGTERM, then SIGKILL. If the connection is lost, a command goes on at the
 * host unless it writes to its output: it is not killed, because a lost line says nothing about what it is in the middle of.
 */
public final class SshHost implements Host {
    private final HostPlan plan;
    private final SshConnector connector;
    private final ExecutorService executor;
    private final Object lock = new Object();
    private @Nullable CompletableFuture<SshConnection> current;
    private boolean closed;

    /** @param jump the host to go through, if any; it is not closed with this one */
    SshHost(HostPlan plan, Credentials credentials, Optional<SshHost> jump) {
        this.plan = plan;
        this.connector = new SshConnector(plan, credentials, jump);
        this.executor = HostThreads.of(plan.name());
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public CommandResult run(String command, Duration timeout) throws InterruptedException {
        return finish(submit(command, Optional.empty(), CommandOutput.kept()), timeout);
    }

    @Override
    public CommandResult run(String command, InputStream standardInput, Duration timeout) throws InterruptedException {
        return finish(submit(command, Optional.of(standardInput), CommandOutput.kept()), timeout);
    }

    @Override
    public RunningCommand start(String command, Consumer<String> lines) {
        ShellWords.refuseUnsendable(command);
        try {
            return submit(command, Optional.empty(), CommandOutput.lines(lines, executor));
        } catch (RejectedExecutionException shut) {
            SshCommand never = new SshCommand(command, Optional.empty(), CommandOutput.kept(), executor);
            never.fail("closed");
            return never;
        }
    }

    private static CommandResult finish(SshCommand command, Duration timeout) throws InterruptedException {
        try {
            return command.await(timeout);
        } catch (InterruptedException stop) {
            command.kill();
            throw stop;
        }
    }

    private SshCommand submit(String text, Optional<InputStream> standardInput, CommandOutput output) {
        ShellWords.refuseUnsendable(text);
        SshCommand command = new SshCommand(text, standardInput, output, executor);
        try {
            executor.execute(() -> send(command));
        } catch (RejectedExecutionException shut) {
            command.fail("closed");
        }
        return command;
    }

    private void send(SshCommand command) {
        try {
            SshConnection connection = connection();
            try {
                command.sendOn(connection, connection.take());
            } catch (IOException notSent) {
                if (connection.alive() || command.abandoned()) {
                    command.fail(String.valueOf(notSent.getMessage()));
                } else {
                    SshConnection another = connection();
                    command.sendOn(another, another.take());
                }
            }
        } catch (Unreachable unreachable) {
            command.fail(String.valueOf(unreachable.getMessage()));
        } catch (IOException notSent) {
            command.fail(String.valueOf(notSent.getMessage()));
        } catch (InterruptedException stopped) {
            command.fail("closed");
            Thread.currentThread().interrupt();
        }
    }

    /** The live connection; opens one if there is none. Callers at the same time share one attempt and its failure. */
    private SshConnection connection() throws Unreachable {
        CompletableFuture<SshConnection> attempt;
        boolean ours = false;
        synchronized (lock) {
            if (closed) {
                throw new Unreachable(Reachability.Cause.OTHER, "closed");
            }
            attempt = current;
            if (attempt == null || (attempt.isDone() && !usable(attempt))) {
                attempt = new CompletableFuture<>();
                current = attempt;
                ours = true;
            }
        }
        if (ours) {
            connect(attempt);
        }
        try {
            return attempt.join();
        } catch (CompletionException failed) {
            throw Unreachable.of(failed);
        }
    }

    /** Whether there is a connection that is not known to be dead. */
    boolean connected() {
        synchronized (lock) {
            return current != null && current.isDone() && usable(current);
        }
    }

    private static boolean usable(CompletableFuture<SshConnection> attempt) {
        return !attempt.isCompletedExceptionally() && attempt.join().alive();
    }

    private void connect(CompletableFuture<SshConnection> attempt) {
        try {
            SshConnection connection = connector.open(executor);
            attempt.complete(connection);
            synchronized (lock) {
                if (closed) {
                    connection.close();
                }
            }
        } catch (Unreachable | RuntimeException fault) {
            attempt.completeExceptionally(fault);
        }
    }

    @Override
    public Reachability probe(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        CompletableFuture<Reachability> opened = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    connection();
                    opened.complete(new Reachability.Reached(Duration.ZERO));
                } catch (Unreachable unreachable) {
                    opened.complete(unreachable.reachability());
                }
            });
            Reachability reached = opened.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (reached instanceof Reachability.Unreached) {
                return reached;
            }
        } catch (TimeoutException over) {
            return new Reachability.Unreached(Reachability.Cause.TIMED_OUT, "no connection within the time given");
        } catch (ExecutionException | RejectedExecutionException fault) {
            return new Reachability.Unreached(Reachability.Cause.OTHER, "closed");
        }
        CommandResult answer = run(":", Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        if (answer instanceof CommandResult.Ended ended && ended.exitCode() == 0) {
            return new Reachability.Reached(Duration.ofNanos(ended.endNanos() - ended.startNanos()));
        }
        Reachability.Cause cause =
                answer.complaint().startsWith("timed out") ? Reachability.Cause.TIMED_OUT : Reachability.Cause.OTHER;
        return new Reachability.Unreached(cause, answer.complaint());
    }

    @Override
    public Optional<ClockOffset> clockOffset(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            return CompletableFuture.supplyAsync(() -> clockOffsetBefore(deadline), executor)
                    .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | RejectedExecutionException noAnswer) {
            return Optional.empty();
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }

    private Optional<ClockOffset> clockOffsetBefore(long deadline) {
        try (SshDialogue dialogue = SshDialogue.open(connection().take(), ClockExchanges.ANSWERING_COMMAND, deadline)) {
            return ClockExchanges.estimate(dialogue::ask);
        } catch (Unreachable | IOException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A connection through this host, for a host behind it. */
    Socket tunnel(String address, int port, Duration timeout) throws IOException {
        try {
            SshConnection used = connection();
            try {
                return TunnelSocket.open(used.session(), address, port, timeout);
            } catch (IOException failed) {
                if (!used.isGoingDown()) {
                    throw failed;
                }
                return TunnelSocket.open(connection().session(), address, port, timeout);
            }
        } catch (Unreachable unreachable) {
            Reachability.Unreached why = unreachable.reachability();
            throw new IOException(
                    new Unreachable(why.cause(), "the jump host " + name() + " cannot be reached: " + why.detail()));
        }
    }

    @Override
    public void close() {
        CompletableFuture<SshConnection> open;
        synchronized (lock) {
            closed = true;
            open = current;
        }
        if (open != null && open.isDone() && !open.isCompletedExceptionally()) {
            open.join().close();
        }
        executor.shutdown();
    }
}
