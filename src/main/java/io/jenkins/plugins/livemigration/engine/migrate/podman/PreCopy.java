package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Memory first, while the workload runs, then only what was dirtied since. Podman chains no pre-checkpoints, and a restore
 * takes but one: so each round replaces the one before, and the last checkpoint holds what was dirtied since the last
 * round began. Rounds go on while they still become smaller.
 */
final class PreCopy implements Strategy {
    /** A round must be at least this much smaller than the one before to be worth another. */
    private static final double SHRINKS = 0.9;

    private static final Pattern SIZE = Pattern.compile("^lmb size (\\d+)$", Pattern.MULTILINE);

    @Override
    public StepOutcome run(Move move) throws InterruptedException {
        CommandResult tracking = move.source()
                .run("criu check --feature mem_dirty_track", move.timings().patience());
        if (tracking instanceof CommandResult.Ended && !tracking.ok()) {
            return new StepOutcome.Unsupported(
                    Message.of("migrate/podman.noMemoryTracking", move.record().from()));
        }
        Optional<StepOutcome> failure = StopAndCopy.syncVolumes(move);
        if (failure.isPresent()) {
            return failure.get();
        }
        long before = Long.MAX_VALUE;
        int rounds = 0;
        while (rounds < move.plan().preCopyRounds()) {
            if (move.cancellation().requested()) {
                return new StepOutcome.Stopped();
            }
            rounds++;
            String phase = Phases.PRE_COPY + rounds;
            move.listener().phaseStarted(phase);
            CommandResult result =
                    move.source().run(move.guarded(round(move)), move.timings().step());
            long size = size(result.out());
            move.listener().phaseEnded(phase, OptionalLong.of(size));
            if (!result.ok()) {
                return new StepOutcome.Broken(
                        phase,
                        Message.of("migrate/podman.preCopyFailed", move.record().from(), result.complaint()));
            }
            move.listener().mark(Mark.Kind.ITERATION);
            move.figures().addArchiveBytes(size);
            if (size >= before * SHRINKS) {
                break;
            }
            before = size;
        }
        move.listener().figure(Metrics.ITERATIONS, Figure.of(rounds));
        if (rounds == 0) {
            return StopAndCopy.handOver(
                    move,
                    CheckpointOptions.checkpoint(move.plan()),
                    name -> CheckpointOptions.restore(),
                    Ahead.nothing());
        }
        return StopAndCopy.handOver(
                move,
                CheckpointOptions.checkpoint(move.plan()) + " --with-previous",
                name -> CheckpointOptions.restore() + " --import-previous=" + quote(move.staged(name + ".pre")),
                Ahead.nothing());
    }

    private static String round(Move move) {
        return move.containerNames().stream()
                .map(name -> {
                    String archive = quote(move.staged(name + ".pre"));
                    return """
                            podman container checkpoint --pre-checkpoint --export=%1$s %2$s --print-stats %3$s \\
                              </dev/null 9>&- || exit 80
                            echo "lmb size $(wc -c < %1$s)"
                            %4$s < %1$s || exit 81
                            rm -f %1$s
                            """.formatted(
                                    archive,
                                    CheckpointOptions.checkpoint(move.plan()),
                                    quote(name),
                                    move.link().ssh("cat > %1$s.new && mv %1$s.new %1$s".formatted(archive)));
                })
                .collect(Collectors.joining());
    }

    private static long size(String output) {
        long total = 0;
        Matcher matcher = SIZE.matcher(output);
        while (matcher.find()) {
            total += Long.parseLong(matcher.group(1));
        }
        return total;
    }
}
