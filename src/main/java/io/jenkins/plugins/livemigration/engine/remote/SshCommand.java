package io.jenkins.plugins.livemigration.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One command on its way through an {@link SshHost}. */
final class SshCommand extends AwaitedCommand {
    private enum Stage {
        WAITING,
        SENT,
        ABANDONED
    }

    private final String command;
    private final Optional<InputStream> standardInput;
    private final CommandOutput output;
    private final Executor executor;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final AtomicBoolean killSent = new AtomicBoolean();
    private volatile boolean stopping;
    private volatile boolean inputUnreadable;
    private volatile long startNanos;
    private volatile @Nullable ShellChannel shell;
    private volatile @Nullable SshConnection connection;

    SshCommand(String command, Optional<InputStream> standardInput, CommandOutput output, Executor executor) {
        this.command = command;
        this.standardInput = standardInput;
        this.output = output;
        this.executor = executor;
    }

    /** Whether nobody wants it any more, and it was not sent. */
    boolean abandoned() {
        return stage.get() == Stage.ABANDONED;
    }

    /** Ends it without its having been sent; does nothing if it was. */
    void fail(String why) {
        if (stage.compareAndSet(Stage.WAITING, Stage.ABANDONED)) {
            finish(lost(false, why));
        }
    }

    /** Sends it, once, unless it was abandoned meanwhile. */
    void sendOn(SshConnection over, ShellChannel channel) {
        if (!stage.compareAndSet(Stage.WAITING, Stage.SENT)) {
            channel.close();
            return;
        }
        connection = over;
        shell = channel;
        channel.whenEnded(this::ended);
        startNanos = System.nanoTime();
        try {
            channel.send(command, output.output(), output.error(), this::begun);
            if (standardInput.isEmpty()) {
                channel.standardInput().close();
            } else {
                pump(standardInput.get(), channel.standardInput());
            }
        } catch (IOException | RejectedExecutionException broken) {
            channel.close();
        }
    }

    private void pump(InputStream from, OutputStream to) {
        executor.execute(() -> {
            switch (InputPump.copy(from, to)) {
                case ALL, NOT_WANTED -> {
                    // what a command leaves unread is its own affair
                }
                case UNREADABLE -> {
                    inputUnreadable = true;
                    kill();
                }
            }
        });
    }

    private void begun() {
        if (stopping) {
            sendKill();
        }
    }

    private void ended(ShellChannel.End how) {
        long endNanos = System.nanoTime();
        output.whenFinished(() -> finish(result(how, endNanos)), this::finishExceptionally);
    }

    private CommandResult result(ShellChannel.End how, long endNanos) {
        ShellChannel channel = Objects.requireNonNull(shell);
        if (inputUnreadable) {
            return lost(true, "its standard input could not be read, killed");
        }
        boolean began = channel.pid().isPresent();
        if (how == ShellChannel.End.DROPPED) {
            return lost(true, "connection lost");
        }
        if (!began) {
            String said = channel.preamble().strip();
            return lost(
                    false,
                    "the host's shell ended before the command began"
                            + (said.isEmpty() ? "" : ": " + said.substring(said.lastIndexOf('\n') + 1)));
        }
        return new CommandResult.Ended(
                channel.exitCode().orElseThrow(), output.outputText(), output.errorText(), startNanos, endNanos);
    }

    @Override
    CommandResult.Lost lost(boolean sent, String why) {
        return new CommandResult.Lost(sent, why, output.outputText(), output.errorText());
    }

    @Override
    boolean abandon(String why) {
        fail(why);
        return abandoned();
    }

    @Override
    public void kill() {
        fail("killed before it was sent");
        if (stage.get() == Stage.SENT) {
            stopping = true;
            ShellChannel channel = shell;
            if (channel != null && channel.pid().isPresent()) {
                sendKill();
            }
        }
    }

    @Override
    void giveUp() {
        ShellChannel channel = shell;
        if (channel != null) {
            channel.close();
        }
    }

    private void sendKill() {
        if (!killSent.compareAndSet(false, true)) {
            return;
        }
        long pid = Objects.requireNonNull(shell).pid().orElseThrow();
        SshConnection over = Objects.requireNonNull(connection);
        Runnable kill = () -> {
            try {
                ShellChannel killer = over.takeBeyondLimit();
                killer.send(
                        ProcessGroups.kill(pid),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        () -> {});
                killer.standardInput().close();
            } catch (IOException unreachable) {
                // then it cannot be killed, and await says that it may still run
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        };
        try {
            executor.execute(kill);
        } catch (RejectedExecutionException closed) {
            // the connection goes down, and with it the way to kill
        }
    }
}
