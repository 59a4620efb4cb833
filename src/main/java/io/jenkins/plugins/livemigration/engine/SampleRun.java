package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent.Move;
import io.jenkins.plugins.livemigration.engine.journal.SideFile;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.observe.ProbeSession;
import io.jenkins.plugins.livemigration.engine.observe.Probes;
import io.jenkins.plugins.livemigration.engine.observe.SampleCaptures;
import io.jenkins.plugins.livemigration.engine.observe.StateReading;
import io.jenkins.plugins.livemigration.engine.observe.WireCounter;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Carries out one sample: watches, moves, confirms, and writes all of it to the journal. */
final class SampleRun {
    private static final Duration FIRST_REPLIES = Duration.ofSeconds(10);
    private static final int ENOUGH_REPLIES = 3;

    private final BenchmarkPlan plan;
    private final Journal journal;
    private final RunFolder folder;
    private final Hosts hosts;
    private final Probes probes;
    private final StateCheckpoint states;
    private final Rescue rescue;

    SampleRun(
            BenchmarkPlan plan,
            Journal journal,
            RunFolder folder,
            Hosts hosts,
            Probes probes,
            StateCheckpoint states,
            Rescue rescue) {
        this.plan = plan;
        this.journal = journal;
        this.folder = folder;
        this.hosts = hosts;
        this.probes = probes;
        this.states = states;
        this.rescue = rescue;
    }

    /**
     * Runs the sample. The workload is at {@code move.from()}.
     *
     * @param cancellation asks to break off; the migration under way is led back, or forward behind the point of no return
     */
    Outcome run(Move move, ScenarioPlan scenario, MigrationDriver driver, Cancellation cancellation)
            throws InterruptedException {
        journal.append(new JournalEvent.SampleStarted(move));
        Outcome outcome;
        Optional<StateReading.Value> state = states.read(scenario);
        String prefix = String.format(Locale.ROOT, "%04d", move.order());
        List<Instant> edges = new ArrayList<>();
        try (SampleCaptures captures = SampleCaptures.start(plan, hosts, journal);
                ProbeSession session = probes.start(scenario.probes(), folder.probes(), prefix, journal.clock())) {
            for (ProbePlan probe : scenario.probes()) {
                Path file = folder.probes().resolve(prefix + "-" + probe.name() + ".probe");
                journal.append(new JournalEvent.ProbeStarted(
                        move.order(),
                        probe.name(),
                        folder.path().relativize(file).toString()));
            }
            session.note().ifPresent(note -> journal.append(new JournalEvent.Noted(note)));
            outcome = observed(move, scenario, driver, session, cancellation, edges);
            keepRecords(move, session);
            captures.keep(move.order(), folder.path(), scenario.probes(), edges);
        } catch (IOException cannotWatch) {
            outcome = new Outcome.Failed(
                    "observe", Message.of("engine.probesFailed", String.valueOf(cannotWatch.getMessage())));
            journal.append(new JournalEvent.MigrationEnded(move.order(), outcome));
        }
        if (outcome.succeeded()) {
            states.check(scenario, state)
                    .ifPresent(check -> journal.append(new JournalEvent.StateChecked(move.order(), check)));
        }
        return outcome;
    }

    private void keepRecords(Move move, ProbeSession session) throws InterruptedException {
        try {
            for (SideFile file : session.stop()) {
                journal.append(new JournalEvent.ProbeEnded(move.order(), file));
            }
        } catch (UncheckedIOException diskFull) {
            journal.append(
                    new JournalEvent.Noted(Message.of("engine.probesFailed", String.valueOf(diskFull.getMessage()))));
        }
    }

    private Outcome observed(
            Move move,
            ScenarioPlan scenario,
            MigrationDriver driver,
            ProbeSession session,
            Cancellation cancellation,
            List<Instant> edges)
            throws InterruptedException {
        Outcome outcome;
        List<String> silent = session.awaitReplies(ENOUGH_REPLIES, FIRST_REPLIES);
        boolean primarySilent = scenario.primaryProbe()
                .filter(primary -> silent.contains(primary.name()))
                .isPresent();
        journal.append(new JournalEvent.WindowOpened(move.order()));
        edges.add(journal.clock().wall());
        if (primarySilent) {
            outcome = new Outcome.Failed("observe", Message.of("engine.primarySilent", String.join(", ", silent)));
            journal.append(new JournalEvent.MigrationEnded(move.order(), outcome));
        } else {
            for (String probe : silent) {
                journal.append(new JournalEvent.Noted(Message.of("engine.probeSilent", probe)));
            }
            if (Waiting.pause(plan.window().before(), cancellation)) {
                OptionalLong sentBefore = wire(move);
                edges.add(journal.clock().wall());
                outcome = migrate(move, driver, cancellation);
                edges.add(journal.clock().wall());
                reportWire(move, sentBefore, wire(move));
                Waiting.pause(plan.window().after(), cancellation);
            } else {
                outcome = new Outcome.Cancelled();
                journal.append(new JournalEvent.MigrationEnded(move.order(), outcome));
            }
        }
        journal.append(new JournalEvent.WindowClosed(move.order()));
        edges.add(journal.clock().wall());
        return outcome;
    }

    private OptionalLong wire(Move move) throws InterruptedException {
        HostPlan to = plan.hosts().get(move.to());
        HostPlan from = plan.hosts().get(move.from());
        if (to == null || from == null || to.local() || from.local()) {
            return OptionalLong.empty();
        }
        return new WireCounter(hosts.host(move.from()), to).read();
    }

    private void reportWire(Move move, OptionalLong before, OptionalLong after) {
        if (before.isPresent() && after.isPresent() && after.getAsLong() >= before.getAsLong()) {
            journal.append(new JournalEvent.Reported(
                    move.order(),
                    Metrics.BYTES_WIRE.id(),
                    Figure.of(
                            (double) (after.getAsLong() - before.getAsLong()),
                            Message.of("engine.wireSource", move.from()))));
        }
    }

    private Outcome migrate(Move move, MigrationDriver driver, Cancellation run) throws InterruptedException {
        Cancellation sample = new Cancellation();
        AtomicBoolean timedOut = new AtomicBoolean();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sample-timeout");
            thread.setDaemon(true);
            return thread;
        });
        try (Cancellation.Reaction cancelled = run.onRequest(sample::request)) {
            ScheduledFuture<?> timeout = timer.schedule(
                    () -> {
                        timedOut.set(true);
                        sample.request();
                    },
                    plan.sampleTimeout().toMillis(),
                    TimeUnit.MILLISECONDS);
            Outcome outcome = migrate(move, driver, sample, timedOut);
            timeout.cancel(false);
            journal.append(new JournalEvent.MigrationEnded(move.order(), outcome));
            return outcome;
        } finally {
            timer.shutdownNow();
        }
    }

    private Outcome migrate(Move move, MigrationDriver driver, Cancellation sample, AtomicBoolean timedOut)
            throws InterruptedException {
        JournalingListener listener = new JournalingListener(journal, move.order());
        MigrationOutcome outcome;
        try {
            outcome = driver.migrate(move.from(), move.to(), listener, sample);
        } catch (RuntimeException bug) {
            StringWriter trace = new StringWriter();
            bug.printStackTrace(new PrintWriter(trace));
            journal.append(new JournalEvent.EvidenceKept(move.order(), "stack trace", trace.toString()));
            outcome = new MigrationOutcome.Failed(
                    "driver",
                    Message.literal(bug.toString()),
                    new Whereabouts.Unknown(Message.of("engine.driverBroke")));
        }
        if (outcome instanceof MigrationOutcome.Completed) {
            return confirmed(move, driver, listener);
        }
        if (outcome instanceof MigrationOutcome.NotSupported notSupported) {
            return new Outcome.NotSupported(notSupported.reason());
        }
        if (outcome instanceof MigrationOutcome.Cancelled cancelled) {
            rescue.unlessRunning(cancelled.whereabouts(), driver);
            return timedOut.get()
                    ? new Outcome.Failed(
                            "timeout",
                            Message.of(
                                    "engine.sampleTimeout", plan.sampleTimeout().toSeconds()))
                    : new Outcome.Cancelled();
        }
        MigrationOutcome.Failed failed = (MigrationOutcome.Failed) outcome;
        rescue.unlessRunning(failed.whereabouts(), driver);
        return new Outcome.Failed(failed.stage(), failed.cause());
    }

    private Outcome confirmed(Move move, MigrationDriver driver, JournalingListener listener)
            throws InterruptedException {
        if (!listener.wasConfirmed()) {
            listener.mark(Mark.Kind.CONFIRMED);
        }
        Whereabouts now = driver.locate();
        if (now instanceof Whereabouts.RunningOn running && running.host().equals(move.to())) {
            return new Outcome.Succeeded();
        }
        rescue.unlessRunning(now, driver);
        return new Outcome.Failed("confirm", Message.of("engine.notAtDestination", move.to(), Rescue.describe(now)));
    }
}
