package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.RunningCommand;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Stops the workload at the source and brings it to the destination, as {@link SourceScripts#stopAndSend} does. */
final class SendStep {
    private final Move move;
    private final String checkpointOptions;
    private final Ahead ahead;
    private final Runnable onLinked;
    private final CompletableFuture<Boolean> handedOver = new CompletableFuture<>();
    private final StepLines lines = new StepLines(this::happened);
    private CompletableFuture<CommandResult> end = new CompletableFuture<>();

    /**
     * For one move.
     *
     * @param onLinked called when the streams stand and nothing is stopped yet; must not block
     */
    SendStep(Move move, String checkpointOptions, Ahead ahead, Runnable onLinked) {
        this.move = move;
        this.ahead = ahead;
        this.onLinked = onLinked;
        this.checkpointOptions = checkpointOptions;
    }

    /**
     * Does it, and returns as soon as the destination restores; the script may still be printing what it knows.
     *
     * @return empty if all is whole at the destination
     */
    Optional<StepOutcome> run() throws InterruptedException {
        RunningCommand command = move.source().start(SourceScripts.stopAndSend(move, checkpointOptions, ahead), lines);
        end = Waiting.end(command, move.timings().step());
        var unused = end.whenComplete((result, failure) -> handedOver.complete(false));
        try (Cancellation.Reaction cut = move.cancellation().onRequest(() -> Waiting.cutLink(move))) {
            boolean whole = Waiting.join(handedOver);
            endPhase();
            if (whole) {
                return Optional.empty();
            }
            CommandResult result = Waiting.join(end);
            // Whoever cancels cuts the link, so that what was being sent fails.
            return Optional.of(move.cancellation().requested() ? new StepOutcome.Stopped() : failure(result));
        }
    }

    /** Waits for the rest of what the script prints, and takes the figures out of it. */
    void collect() throws InterruptedException {
        Waiting.join(end);
        lines.arrival("dumped").ifPresent(move.figures()::dumped);
        move.figures().checkpointStats(lines.text("stats"), move.listener());
        lines.text("sent").lines().mapToLong(Long::parseLong).forEach(move.figures()::addArchiveBytes);
        move.figures().addVolumeBytes(VolumeSync.bytes(lines.text("volume")));
    }

    private void happened(String word, long nanos) {
        MigrationListener listener = move.listener();
        switch (word) {
            case SourceScripts.LINKED -> onLinked.run();
            case "gated" -> {
                if (!move.gate().empty()) {
                    listener.markAt(Mark.Kind.SOURCE_STOPPED, nanos);
                }
                listener.phaseStarted(Phases.CHECKPOINT);
            }
            case "dumped" -> {
                if (move.gate().empty()) {
                    listener.markAt(Mark.Kind.SOURCE_STOPPED, nanos);
                }
                listener.phaseEnded(Phases.CHECKPOINT, OptionalLong.empty());
                listener.phaseStarted(Phases.TRANSFER);
            }
            case SourceScripts.HANDOVER -> handedOver.complete(true);
            default -> {}
        }
    }

    private void endPhase() {
        if (lines.arrival("dumped").isPresent()) {
            move.listener().phaseEnded(Phases.TRANSFER, OptionalLong.empty());
        } else if (lines.arrival("gated").isPresent()) {
            move.listener().phaseEnded(Phases.CHECKPOINT, OptionalLong.empty());
        }
    }

    private StepOutcome failure(CommandResult result) {
        boolean sending = lines.arrival("dumped").isPresent();
        return new StepOutcome.Broken(
                sending ? Phases.TRANSFER : Phases.CHECKPOINT,
                Message.of(
                        sending ? "migrate/podman.transferFailed" : "migrate/podman.checkpointFailed",
                        move.record().from(),
                        lines.complaint(result)));
    }
}
