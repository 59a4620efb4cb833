package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.RunningCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Waiting for several things at once. */
final class Waiting {
    private static final Duration SHORT = Duration.ofSeconds(10);

    /** Daemon threads that end when idle. */
    static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "podman-driver");
        thread.setDaemon(true);
        return thread;
    });

    private Waiting() {}

    /** A call that may be interrupted. */
    interface Call<T> {
        T call() throws InterruptedException;
    }

    /** Starts a call on a thread of its own. */
    static <T> CompletableFuture<T> start(Call<T> call) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return call.call();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                        throw new CompletionException(interrupted);
                    }
                },
                THREADS);
    }

    /** The end of a command, on a thread of its own. */
    static CompletableFuture<CommandResult> end(RunningCommand command, Duration timeout) {
        return start(() -> command.await(timeout));
    }

    /**
     * What a call that was started returns.
     *
     * @throws IllegalStateException if it threw: calls return what goes wrong on a host
     */
    static <T> T join(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Cuts the source's connection to the destination, so that a transfer that is under way ends. Does not wait. */
    static void cutLink(Move move) {
        String script =
                "cd " + move.names().directory() + " && { " + move.link().close() + "; }";
        var unused = start(() -> move.source().run(Scripts.command(script), SHORT));
    }
}
