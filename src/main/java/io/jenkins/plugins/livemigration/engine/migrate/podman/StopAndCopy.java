package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Volumes first, and a copy of the memory, while the workload runs; then stop, checkpoint straight to the destination, only
 * the difference of the volumes, restore, open. Two scripts, one on each side, over connections that stand.
 */
final class StopAndCopy implements Strategy {

    @Override
    public StepOutcome run(Move move) throws InterruptedException {
        Optional<StepOutcome> failure = syncVolumes(move);
        if (failure.isPresent()) {
            return failure.get();
        }
        if (move.cancellation().requested()) {
            return new StepOutcome.Stopped();
        }
        Ahead ahead = MemoryAhead.send(move);
        return handOver(
                move, CheckpointOptions.checkpoint(move.plan()), container -> CheckpointOptions.restore(), ahead);
    }

    /** Brings the volumes over while the workload runs; empty if that worked or there are none. */
    static Optional<StepOutcome> syncVolumes(Move move) throws InterruptedException {
        VolumeSync volumes = new VolumeSync(move.plan().volumes(), move.link());
        if (!volumes.needed()) {
            return Optional.empty();
        }
        move.listener().phaseStarted(Phases.VOLUME_SYNC);
        CommandResult result =
                move.source().run(move.guarded(volumes.first()), move.timings().step());
        long bytes = VolumeSync.bytes(result.out());
        move.listener().phaseEnded(Phases.VOLUME_SYNC, OptionalLong.of(bytes));
        move.figures().addVolumeBytes(bytes);
        if (result.ok()) {
            return Optional.empty();
        }
        return Optional.of(new StepOutcome.Broken(
                Phases.VOLUME_SYNC,
                Message.of("migrate/podman.volumesFailed", move.record().from(), result.complaint())));
    }

    /**
     * The window: stops, sends, restores and opens.
     *
     * @param restoreOptions by container
     */
    static StepOutcome handOver(Move move, String checkpointOptions, UnaryOperator<String> restoreOptions, Ahead ahead)
            throws InterruptedException {
        if (move.cancellation().requested()) {
            return new StepOutcome.Stopped();
        }
        Optional<CommandResult> detached =
                move.traffic().detach(move.record().from(), move.record().to());
        if (detached.isPresent() && !detached.get().ok()) {
            return new StepOutcome.Broken(
                    Phases.SWITCH_TRAFFIC,
                    Message.of("migrate/podman.detachFailed", detached.get().complaint()));
        }
        try (GateKeeper keeper = new GateKeeper(move)) {
            RestoreStep restore = new RestoreStep(move, restoreOptions);
            SendStep send = new SendStep(move, checkpointOptions, ahead, restore::start);
            Optional<StepOutcome> failure = send.run();
            // Handed over: who cancels now comes too late, the destination is restoring.
            StepOutcome outcome = failure.isPresent() ? failure.get() : restore.finish();
            send.collect();
            return outcome;
        }
    }
}
