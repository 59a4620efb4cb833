package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Restores at the destination and opens it, as {@link DestinationScripts#restoreAndOpen} does. The script is started while
 * the source is still at work; what it says is passed on when this side has heard of the hand-over, too.
 */
final class RestoreStep {
    private final Move move;
    private final UnaryOperator<String> restoreOptions;
    private final StepLines lines = new StepLines(this::happened);
    private final List<Runnable> early = new ArrayList<>();
    private boolean handedOver;
    private CompletableFuture<CommandResult> end =
            CompletableFuture.failedFuture(new IllegalStateException("not started"));

    RestoreStep(Move move, UnaryOperator<String> restoreOptions) {
        this.move = move;
        this.restoreOptions = restoreOptions;
    }

    /** Lets the destination wait for the hand-over. Does not block. */
    void start() {
        String script = DestinationScripts.restoreAndOpen(
                move.names(),
                move.record().token(),
                move.record().staging(),
                move.containers(),
                move.gate(),
                move.traffic(),
                restoreOptions,
                move.timings().step());
        end = Waiting.start(() ->
                move.destination().start(script, lines).await(move.timings().step()));
    }

    /** To be called when the source has handed over; when it is done, clients have been led to the destination. */
    StepOutcome finish() throws InterruptedException {
        boolean byCommands = move.plan().traffic() instanceof DriverPlan.Traffic.Commands;
        if (!byCommands) {
            move.listener().phaseStarted(Phases.SWITCH_TRAFFIC);
        }
        passOnWhatCameEarly();
        CommandResult result = Waiting.join(end);
        endPhase(byCommands);
        lines.arrival("restored").ifPresent(move.figures()::restored);
        move.figures().restoreStats(lines.text("stats"), move.listener());
        if (!result.ok()) {
            return new StepOutcome.Broken(
                    Phases.RESTORE,
                    Message.of("migrate/podman.restoreFailed", move.record().to(), lines.complaint(result)));
        }
        return byCommands ? attach() : new StepOutcome.Done();
    }

    private StepOutcome attach() throws InterruptedException {
        move.listener().phaseStarted(Phases.SWITCH_TRAFFIC);
        Optional<CommandResult> attached =
                move.traffic().attach(move.record().from(), move.record().to());
        move.listener().phaseEnded(Phases.SWITCH_TRAFFIC, OptionalLong.empty());
        if (attached.isPresent() && !attached.get().ok()) {
            return new StepOutcome.Broken(
                    Phases.SWITCH_TRAFFIC,
                    Message.of("migrate/podman.attachFailed", attached.get().complaint()));
        }
        return new StepOutcome.Done();
    }

    private synchronized void passOnWhatCameEarly() {
        handedOver = true;
        early.forEach(Runnable::run);
    }

    private synchronized void happened(String word, long nanos) {
        if (handedOver) {
            passOn(word, nanos);
        } else {
            early.add(() -> passOn(word, nanos));
        }
    }

    private void passOn(String word, long nanos) {
        MigrationListener listener = move.listener();
        switch (word) {
            case "arrived" -> {
                if (!(move.plan().traffic() instanceof DriverPlan.Traffic.Commands)) {
                    listener.phaseEnded(Phases.SWITCH_TRAFFIC, OptionalLong.empty());
                }
                listener.phaseStarted(Phases.RESTORE);
            }
            case "restored" -> listener.phaseEnded(Phases.RESTORE, OptionalLong.empty());
            case DestinationScripts.OPENED -> listener.markAt(Mark.Kind.DESTINATION_OPENED, nanos);
            default -> {}
        }
    }

    private void endPhase(boolean byCommands) {
        if (lines.arrival("arrived").isEmpty()) {
            if (!byCommands) {
                move.listener().phaseEnded(Phases.SWITCH_TRAFFIC, OptionalLong.empty());
            }
        } else if (lines.arrival("restored").isEmpty()) {
            move.listener().phaseEnded(Phases.RESTORE, OptionalLong.empty());
        }
    }
}
