package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent.Move;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ConfirmPlan;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;
import java.util.Optional;

/**
 * The loop: scenarios x directions x samples. Prepares, takes the lease, moves and watches, recovers what failed, brings
 * the workload home, and writes everything to the journal. One thread runs it; only the two requests to stop may come from
 * others.
 *
 * <p>In this order: never lose the workload; leave it where it was found; keep what was measured.
 */
public final class Benchmark {
    private final BenchmarkPlan plan;
    private final Journal journal;
    private final Stage stage;
    private final SampleRun samples;
    private final LiveSummary summary;
    private final Suspicion suspicion;
    private final Cancellation breakOff;
    private final Cancellation afterSample;

    /**
     * Makes a benchmark that has not begun.
     *
     * @param stage the scenarios' drivers, workloads and leases
     * @param suspicion asked once, when all planned moves are done
     * @param breakOff asks to end now: what is under way is cancelled and recovered
     * @param afterSample asks to end after the current sample
     */
    Benchmark(
            BenchmarkPlan plan,
            Journal journal,
            Stage stage,
            SampleRun samples,
            LiveSummary summary,
            Suspicion suspicion,
            Cancellation breakOff,
            Cancellation afterSample) {
        this.plan = plan;
        this.journal = journal;
        this.stage = stage;
        this.samples = samples;
        this.summary = summary;
        this.suspicion = suspicion;
        this.breakOff = breakOff;
        this.afterSample = afterSample;
    }

    /**
     * Runs to the end, whatever that is. The journal's first entry has been written.
     *
     * @return how it ended, which is also the journal's last entry
     * @throws InterruptedException if the thread is interrupted: nothing is recovered then
     */
    public RunEnd run() throws InterruptedException {
        RunEnd end;
        try {
            Optional<RunEnd> obstacle = stage.prepare(new Turn(plan.waitForWorkload(), journal, breakOff, afterSample));
            if (obstacle.isPresent()) {
                end = obstacle.get();
            } else {
                List<Move> moves = Schedule.of(plan);
                end = loop(moves);
                if (end.kind() == RunEnd.Kind.COMPLETED && plan.confirm().isPresent()) {
                    confirm(plan.confirm().get(), end, moves.size());
                }
                Optional<RunEnd> astray = stage.leaveAsFound();
                end = astray.orElse(end);
            }
        } finally {
            stage.close();
        }
        journal.append(new JournalEvent.RunEnded(end));
        return end;
    }

    /** Looks once more at what seems worse than the baseline. The first round's end stays the run's, whatever comes of it. */
    private void confirm(ConfirmPlan how, RunEnd first, int moves) throws InterruptedException {
        if (breakOff.requested() || afterSample.requested()) {
            return;
        }
        List<String> suspects = suspicion.suspects(first);
        if (suspects.isEmpty()) {
            return;
        }
        journal.append(new JournalEvent.ConfirmationStarted(how.afresh(), suspects, first));
        Optional<Message> obstacle = stage.startAfresh(how.freshStart());
        RunEnd end = obstacle.isPresent()
                ? new RunEnd(RunEnd.Kind.INFRASTRUCTURE, Message.of("engine.noFreshStart", obstacle.get()))
                : loop(Schedule.again(plan, suspects, how.samples(), moves));
        journal.append(new JournalEvent.ConfirmationEnded(end));
    }

    private RunEnd loop(List<Move> moves) throws InterruptedException {
        journal.append(new JournalEvent.Scheduled(moves));
        int succeeded = 0;
        int failedInARow = 0;
        for (Move move : moves) {
            if (breakOff.requested() || afterSample.requested()) {
                return interrupted();
            }
            ScenarioPlan scenario = stage.scenario(move.scenario());
            if (stage.notSupported(scenario)) {
                skipUnsupported(move, scenario);
                continue;
            }
            if (move.order() > 1 && !Waiting.pause(plan.pause(), breakOff)) {
                return interrupted();
            }
            Optional<Message> misplaced = stage.position(scenario, move);
            Outcome outcome = misplaced.isPresent()
                    ? notAttempted(move, misplaced.get())
                    : samples.run(move, scenario, stage.driver(scenario), breakOff);
            summary.sampleDone(move);
            journal.append(new JournalEvent.SampleEnded(move.order()));
            if (outcome instanceof Outcome.Cancelled) {
                return interrupted();
            }
            if (outcome.succeeded()) {
                succeeded++;
                failedInARow = 0;
                returnUnmeasured(move, scenario);
            } else {
                failedInARow++;
            }
            if (journal.failure().isPresent()) {
                return new RunEnd(
                        succeeded == 0 ? RunEnd.Kind.INFRASTRUCTURE : RunEnd.Kind.INTERRUPTED,
                        Message.of(
                                "engine.journalBroken", journal.failure().get().getMessage()));
            }
            if (failedInARow >= plan.stopAfterFailures() || stage.astray()) {
                return new RunEnd(
                        succeeded == 0 ? RunEnd.Kind.INFRASTRUCTURE : RunEnd.Kind.INTERRUPTED,
                        Message.of("engine.stoppedAfterFailures", failedInARow, causeOf(outcome)));
            }
        }
        if (moves.stream().allMatch(move -> stage.notSupported(stage.scenario(move.scenario())))) {
            return new RunEnd(RunEnd.Kind.NOT_SUPPORTED, stage.whyNotSupported());
        }
        return new RunEnd(RunEnd.Kind.COMPLETED, Message.of("engine.completed", succeeded, moves.size()));
    }

    private RunEnd interrupted() {
        return new RunEnd(RunEnd.Kind.INTERRUPTED, Message.of("engine.interrupted"));
    }

    private void skipUnsupported(Move move, ScenarioPlan scenario) {
        if (move.number() == 1 && move.direction() == Direction.OUT && !move.warmup()) {
            journal.append(new JournalEvent.SampleStarted(move));
            journal.append(new JournalEvent.MigrationEnded(
                    move.order(), new Outcome.NotSupported(stage.whyNotSupported(scenario))));
            summary.sampleDone(move);
            journal.append(new JournalEvent.SampleEnded(move.order()));
        }
    }

    private Outcome notAttempted(Move move, Message why) {
        Outcome outcome = new Outcome.Failed("position", why);
        journal.append(new JournalEvent.SampleStarted(move));
        journal.append(new JournalEvent.MigrationEnded(move.order(), outcome));
        return outcome;
    }

    private void returnUnmeasured(Move move, ScenarioPlan scenario) throws InterruptedException {
        if (plan.directions() == BenchmarkPlan.Directions.ONE_WAY) {
            stage.bringBack(scenario, move);
        }
    }

    private static String causeOf(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed ? failed.cause().toString() : "";
    }
}
