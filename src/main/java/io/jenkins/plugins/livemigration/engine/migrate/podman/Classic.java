package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;
import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The published recipe, step by step: rsync of the data, checkpoint with export of one container after another, rsync of
 * the archives and again of the data, restore one after another. Archives are gzip files, every step goes over an SSH
 * connection of its own, and nothing overlaps. It is the reference that other strategies are compared with.
 *
 * <p>Beside the recipe it keeps the same record and the same gate as the others, since safety is not part of what is
 * compared; both are done inside the recipe's own steps.
 */
final class Classic implements Strategy {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Supplier<Hosts> freshConnections;

    Classic(Supplier<Hosts> freshConnections) {
        this.freshConnections = freshConnections;
    }

    @Override
    public StepOutcome run(Move move) throws InterruptedException {
        try (GateKeeper keeper = new GateKeeper(move)) {
            return new Recipe(move).run();
        }
    }

    /** One go at the recipe. */
    private final class Recipe {
        private final Move move;
        private final VolumeSync volumes;
        private long sourceNanos;
        private long destinationNanos;
        private Optional<StepOutcome> failure = Optional.empty();

        Recipe(Move move) {
            this.move = move;
            // Between the hosts, too, every step opens a connection of its own.
            this.volumes = new VolumeSync(
                    move.plan().volumes(), new HostLink(move.link().destination(), ""));
        }

        StepOutcome run() throws InterruptedException {
            if (volumes.needed()) {
                step(Phases.VOLUME_SYNC, "migrate/podman.volumesFailed", List.of(volumes.script()), this::onSource);
            }
            if (failure.isEmpty() && !move.cancellation().requested()) {
                detach();
            }
            long dumpStarted = System.nanoTime();
            step(Phases.CHECKPOINT, "migrate/podman.checkpointFailed", checkpoints(), this::onSource);
            move.figures().dumped(System.nanoTime());
            step(Phases.TRANSFER, "migrate/podman.transferFailed", List.of(transfer()), this::onSource);
            step(Phases.SWITCH_TRAFFIC, "migrate/podman.addressRemains", List.of(handover()), this::onSource);
            step(Phases.RESTORE, "migrate/podman.restoreFailed", restores(), this::onDestination);
            long restoreFinished = System.nanoTime();
            if (failure.isPresent()) {
                return failure.get();
            }
            move.listener().mark(Mark.Kind.DESTINATION_OPENED);
            move.figures().restored(restoreFinished);
            move.listener()
                    .figure(Metrics.DOWNTIME_PUBLISHED, Figure.of((restoreFinished - dumpStarted) / NANOS_PER_MILLI));
            move.listener()
                    .figure(
                            Metrics.MIGRATION_TIME_PUBLISHED,
                            Figure.of((sourceNanos + destinationNanos) / NANOS_PER_MILLI));
            return attach();
        }

        private void detach() throws InterruptedException {
            Optional<CommandResult> detached =
                    move.traffic().detach(move.record().from(), move.record().to());
            if (detached.isPresent() && !detached.get().ok()) {
                failure = Optional.of(new StepOutcome.Broken(
                        Phases.SWITCH_TRAFFIC,
                        Message.of("migrate/podman.detachFailed", detached.get().complaint())));
            }
        }

        private StepOutcome attach() throws InterruptedException {
            Optional<CommandResult> attached =
                    move.traffic().attach(move.record().from(), move.record().to());
            if (attached.isPresent() && !attached.get().ok()) {
                return new StepOutcome.Broken(
                        Phases.SWITCH_TRAFFIC,
                        Message.of("migrate/podman.attachFailed", attached.get().complaint()));
            }
            return new StepOutcome.Done();
        }

        private List<String> checkpoints() {
            List<String> commands = new ArrayList<>();
            for (String name : move.containerNames()) {
                String first = commands.isEmpty()
                        ? Scripts.stage(Stage.DUMPING) + "\n{ " + move.gate().close() + "; } || exit 71\n"
                        : "";
                commands.add(first
                        + "podman container checkpoint --export=%1$s %2$s --print-stats %3$s 9>&- > %4$s || exit 80\n"
                                .formatted(
                                        quote(move.staged(name + ".tar")),
                                        CheckpointOptions.checkpoint("gzip"),
                                        quote(name),
                                        quote(move.staged(name + ".stats")))
                        + "echo \"lmb stats %1$s $(tr -d '\\n ' < %2$s)\"\necho \"lmb sent $(wc -c < %3$s)\""
                                .formatted(
                                        name, quote(move.staged(name + ".stats")), quote(move.staged(name + ".tar"))));
            }
            return commands;
        }

        private String transfer() {
            HostLink link = new HostLink(move.link().destination(), "");
            List<String> archives = move.containerNames().stream()
                    .map(name -> move.staged(name + ".tar"))
                    .toList();
            return "rsync -a --whole-file -e %s -- %s %s </dev/null || exit 80\n"
                            .formatted(
                                    link.rsyncShell(),
                                    join(archives),
                                    link.rsyncTarget(move.record().staging() + "/"))
                    + (volumes.needed() ? volumes.script() : ":");
        }

        private String handover() {
            return "{ " + move.traffic().leave() + "\n} || exit 72\n" + Scripts.stage(Stage.HANDOVER);
        }

        private List<String> restores() {
            List<String> commands = new ArrayList<>();
            List<String> names = move.containerNames();
            for (String name : names) {
                String first = commands.isEmpty()
                        ? "%s\n{ %s; } || exit 71\n{ %s\n} || exit 72\n"
                                .formatted(
                                        Scripts.stage(Stage.RESTORING),
                                        move.gate().close(),
                                        move.traffic().arrive())
                        : "";
                boolean last = commands.size() == names.size() - 1;
                String open = last
                        ? "%s\n{ %s; } || exit 79\n%s\n"
                                .formatted(
                                        Scripts.stage(Stage.OPENED),
                                        move.gate().open(),
                                        move.traffic().announce())
                        : "";
                String stats = quote(move.staged(name + ".stats"));
                commands.add(first
                        + "podman container restore --import=%1$s %2$s --print-stats 9>&- > %3$s || exit 80\n"
                                .formatted(quote(move.staged(name + ".tar")), CheckpointOptions.restore(), stats)
                        + open
                        + "echo \"lmb stats %1$s $(tr -d '\\n ' < %2$s)\"".formatted(name, stats));
            }
            return commands;
        }

        /** A way to run one step's command. */
        private interface Runner {
            CommandResult run(String command) throws InterruptedException;
        }

        /** One phase of one or several commands, unless something failed before or somebody asked to stop. */
        private void step(String phase, String failureKey, List<String> commands, Runner runner)
                throws InterruptedException {
            if (failure.isPresent()) {
                return;
            }
            if (move.cancellation().requested()) {
                failure = Optional.of(new StepOutcome.Stopped());
                return;
            }
            move.listener().phaseStarted(phase);
            OptionalLong bytes = OptionalLong.empty();
            for (String command : commands) {
                CommandResult result = runner.run(move.guarded(command));
                if (phase.equals(Phases.CHECKPOINT) && command.equals(commands.get(0)) && result.ok()) {
                    move.listener().mark(Mark.Kind.SOURCE_STOPPED);
                }
                if (!result.ok()) {
                    String where = phase.equals(Phases.RESTORE)
                            ? move.record().to()
                            : move.record().from();
                    failure = Optional.of(
                            new StepOutcome.Broken(phase, Message.of(failureKey, where, result.complaint())));
                    break;
                }
                bytes = take(phase, result);
            }
            move.listener().phaseEnded(phase, bytes);
        }

        private OptionalLong take(String phase, CommandResult result) {
            StepLines lines = new StepLines((word, nanos) -> {});
            result.out().lines().forEach(lines);
            switch (phase) {
                case Phases.CHECKPOINT -> {
                    move.figures().checkpointStats(lines.text("stats"), move.listener());
                    long size = lines.text("sent")
                            .lines()
                            .mapToLong(Long::parseLong)
                            .sum();
                    move.figures().addArchiveBytes(size);
                }
                case Phases.RESTORE -> move.figures().restoreStats(lines.text("stats"), move.listener());
                case Phases.VOLUME_SYNC, Phases.TRANSFER -> {
                    long size = VolumeSync.bytes(result.out());
                    move.figures().addVolumeBytes(size);
                    return OptionalLong.of(size);
                }
                default -> {}
            }
            return OptionalLong.empty();
        }

        private CommandResult onSource(String command) throws InterruptedException {
            long start = System.nanoTime();
            CommandResult result = runFresh(move.source(), command);
            sourceNanos += System.nanoTime() - start;
            return result;
        }

        private CommandResult onDestination(String command) throws InterruptedException {
            long start = System.nanoTime();
            CommandResult result = runFresh(move.destination(), command);
            destinationNanos += System.nanoTime() - start;
            return result;
        }

        private CommandResult runFresh(Host host, String command) throws InterruptedException {
            try (Hosts fresh = freshConnections.get()) {
                return fresh.host(host.name()).run(command, move.timings().step());
            }
        }
    }
}
