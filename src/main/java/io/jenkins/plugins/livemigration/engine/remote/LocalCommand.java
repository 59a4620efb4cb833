package io.jenkins.plugins.livemigration.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** One command as a process of this machine. */
final class LocalCommand extends AwaitedCommand {
    private final Optional<Process> process;
    private final CommandOutput output;
    private final Executor executor;
    private final long startNanos;
    private volatile boolean inputUnreadable;

    private LocalCommand(Optional<Process> process, CommandOutput output, Executor executor, long startNanos) {
        this.process = process;
        this.output = output;
        this.executor = executor;
        this.startNanos = startNanos;
    }

    static LocalCommand launch(
            ProcessBuilder builder, InputStream standardInput, CommandOutput output, Executor executor)
            throws IOException {
        long startNanos = System.nanoTime();
        Process process = builder.start();
        LocalCommand command = new LocalCommand(Optional.of(process), output, executor, startNanos);
        try {
            executor.execute(() -> command.feed(standardInput, process.getOutputStream()));
            CompletableFuture<Void> error =
                    CompletableFuture.runAsync(() -> copy(process.getErrorStream(), output.error()), executor);
            executor.execute(() -> {
                copy(process.getInputStream(), output.output());
                error.join();
                command.ended(process);
            });
        } catch (RejectedExecutionException closedMeanwhile) {
            process.destroyForcibly();
            command.finish(command.lost(true, "closed"));
        }
        return command;
    }

    static LocalCommand neverStarted(String why, CommandOutput output) {
        LocalCommand command = new LocalCommand(Optional.empty(), output, Runnable::run, System.nanoTime());
        command.finish(command.lost(false, why));
        return command;
    }

    private static void copy(InputStream from, OutputStream to) {
        try (to) {
            from.transferTo(to);
        } catch (IOException closed) {
            // the other side reads or writes no more: its exit code tells what that means
        }
    }

    private void feed(InputStream from, OutputStream to) {
        if (InputPump.copy(from, to) == InputPump.Outcome.UNREADABLE) {
            inputUnreadable = true;
            kill();
        }
    }

    private void ended(Process process) {
        try {
            int exitCode = process.waitFor();
            long endNanos = System.nanoTime();
            output.whenFinished(
                    () -> finish(
                            inputUnreadable
                                    ? lost(true, "its standard input could not be read, killed")
                                    : new CommandResult.Ended(
                                            exitCode, output.outputText(), output.errorText(), startNanos, endNanos)),
                    this::finishExceptionally);
        } catch (InterruptedException stopped) {
            finish(lost(true, "not waited for"));
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void kill() {
        process.ifPresent(running -> {
            try {
                executor.execute(() -> killGroup(running));
            } catch (RejectedExecutionException closed) {
                running.destroy();
            }
        });
    }

    private static void killGroup(Process leader) {
        try {
            new ProcessBuilder("sh", "-c", ProcessGroups.kill(leader.pid()))
                    .start()
                    .waitFor();
        } catch (IOException noShell) {
            leader.destroyForcibly();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    boolean abandon(String why) {
        return false;
    }

    @Override
    void giveUp() {
        finish(lost(true, "may still run"));
    }

    @Override
    CommandResult.Lost lost(boolean sent, String why) {
        return new CommandResult.Lost(sent, why, output.outputText(), output.errorText());
    }
}
