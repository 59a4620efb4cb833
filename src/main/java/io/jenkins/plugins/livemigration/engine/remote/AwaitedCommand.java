package io.jenkins.plugins.livemigration.engine.remote;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What local and remote commands have in common: waiting for the end, and killing when the time is over. */
abstract class AwaitedCommand implements RunningCommand {
    /** For how long after a kill its effect is waited for. */
    private static final Duration KILL_SHOWS_WITHIN = ProcessGroups.GRACE.plusSeconds(1);

    private final CompletableFuture<CommandResult> result = new CompletableFuture<>();

    /** What was told when the time was over; later callers are told the same. */
    private volatile Optional<CommandResult> told = Optional.empty();

    final void finish(CommandResult end) {
        result.complete(end);
    }

    final void finishExceptionally(Throwable fault) {
        result.completeExceptionally(fault);
    }

    /** Ends it if it was not sent yet; tells whether it did. */
    abstract boolean abandon(String why);

    /** Stops listening to a command that cannot be killed; its result is there soon after. */
    abstract void giveUp();

    abstract CommandResult.Lost lost(boolean sent, String why);

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the consumer of lines threw
     * @throws InterruptedException if the thread is interrupted; the command goes on
     */
    @Override
    public final CommandResult await(Duration timeout) throws InterruptedException {
        if (told.isPresent()) {
            return told.get();
        }
        try {
            return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            CommandResult lost = timedOut(timeout);
            told = Optional.of(lost);
            return lost;
        } catch (ExecutionException fault) {
            throw new IllegalStateException("the consumer of a command's lines failed", fault.getCause());
        }
    }

    private CommandResult timedOut(Duration timeout) throws InterruptedException {
        String over = "timed out after " + inWords(timeout);
        if (abandon(over + ", not sent")) {
            return lost(false, over + ", not sent");
        }
        kill();
        try {
            CommandResult end = result.get(KILL_SHOWS_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
            // It may have ended by itself just now; then its end is known, and no kill made it.
            boolean killed = end instanceof CommandResult.Ended ended && ended.exitCode() != 0;
            return killed ? lost(true, over + ", killed") : end;
        } catch (TimeoutException lives) {
            giveUp();
            return lost(true, over + ", may still run");
        } catch (ExecutionException fault) {
            throw new IllegalStateException("the consumer of a command's lines failed", fault.getCause());
        }
    }

    private static String inWords(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
