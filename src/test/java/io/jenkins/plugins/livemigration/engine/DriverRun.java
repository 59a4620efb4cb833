package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalFile;
import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.observe.Probes;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.remote.PlanHosts;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A whole run of a plan with one scenario, with a driver that the test made: with another pace, say. */
public final class DriverRun {
    private final ParsedPlan.Valid plan;
    private final Probes probes;
    private final Path folder;

    /**
     * Nothing runs yet.
     *
     * @param folder new and empty, for the run
     */
    public DriverRun(ParsedPlan.Valid plan, Probes probes, Path folder) {
        this.plan = plan;
        this.probes = probes;
        this.folder = folder;
    }

    /** Runs it, closes the driver, and reads the result from what was written. */
    public RunResult with(MigrationDriver driver, Cancellation breakOff, Consumer<JournalEntry> follower)
            throws IOException, InterruptedException {
        BenchmarkPlan what = plan.plan();
        RunFolder run = RunFolder.at(folder);
        TraceFiles traces = new TraceFiles(folder);
        LiveSummary summary = new LiveSummary(what, traces);
        try (PlanHosts hosts = new PlanHosts(what.hosts(), name -> Optional.empty());
                Journal journal = Journal.create(folder, RunClock.startingNow(), summary.andThen(follower))) {
            summary.sayIn(journal);
            journal.append(new JournalEvent.RunStarted(
                    Journal.FORMAT_VERSION, run.runId(), what.name(), "test", plan.canonical()));
            Rescue rescue = new Rescue(journal, Duration.ZERO);
            try (Stage stage = new Stage(
                    what,
                    journal,
                    new Surroundings(journal, hosts),
                    Map.of(what.scenarios().get(0).name(), driver),
                    new WorkloadControl(hosts),
                    new LeaseKeeper(journal, "test", breakOff::request),
                    rescue)) {
                SampleRun samples =
                        new SampleRun(what, journal, run, hosts, probes, new StateCheckpoint(hosts, journal), rescue);
                new Benchmark(what, journal, stage, samples, summary, end -> List.of(), breakOff, new Cancellation())
                        .run();
            }
        }
        return ResultBuilder.build(JournalFile.read(folder), Optional.of(what), traces);
    }
}
