package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.observe.Probes;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.remote.PlanHosts;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A whole run with drivers and probes of a test's choice: the engine without its doors. */
final class WholeRun {
    private final ParsedPlan.Valid plan;
    private final Path folder;
    private final Probes probes;

    /**
     * Nothing runs yet.
     *
     * @param folder new and empty, for the run
     */
    WholeRun(ParsedPlan.Valid plan, Path folder, Probes probes) {
        this.plan = plan;
        this.folder = folder;
        this.probes = probes;
    }

    /** A plan by commands, from a to b, with these keys more. */
    static ParsedPlan.Valid plan(String keys) {
        String text = """
                name: test
                hosts: {here: {address: local}, a: {address: local}, b: {address: local}}
                driver: {command: {from: a, to: b, on: here, migrate: 'true', locate: echo a}}
                window: {before: 0 s, after: 0 s}
                """ + keys;
        ParsedPlan parsed = PlanParser.parse(text, PlanFormat.YAML);
        assertThat(parsed).as(String.valueOf(parsed)).isInstanceOf(ParsedPlan.Valid.class);
        return (ParsedPlan.Valid) parsed;
    }

    /**
     * Runs it, and closes the drivers.
     *
     * @param drivers by scenario
     * @param suspicion what may want a second round
     * @param follower hears every event as it is written
     */
    RunEnd run(
            Function<String, MigrationDriver> drivers,
            Function<Journal, Suspicion> suspicion,
            Consumer<JournalEntry> follower,
            Cancellation breakOff,
            Cancellation afterSample)
            throws IOException, InterruptedException {
        BenchmarkPlan what = plan.plan();
        Map<String, MigrationDriver> byScenario = new LinkedHashMap<>();
        for (ScenarioPlan scenario : what.scenarios()) {
            byScenario.put(scenario.name(), drivers.apply(scenario.name()));
        }
        RunFolder run = RunFolder.at(folder);
        LiveSummary summary = new LiveSummary(what, new TraceFiles(folder));
        try (PlanHosts hosts = new PlanHosts(what.hosts(), name -> Optional.empty());
                Journal journal = Journal.create(folder, RunClock.startingNow(), summary.andThen(follower))) {
            summary.sayIn(journal);
            journal.append(new JournalEvent.RunStarted(
                    Journal.FORMAT_VERSION, run.runId(), what.name(), "test", plan.canonical()));
            Rescue rescue = new Rescue(journal, Duration.ZERO);
            LeaseKeeper leases = new LeaseKeeper(journal, "test", breakOff::request);
            Surroundings surroundings = new Surroundings(journal, hosts);
            WorkloadControl workloads = new WorkloadControl(hosts);
            try (Stage stage = new Stage(what, journal, surroundings, byScenario, workloads, leases, rescue)) {
                SampleRun samples =
                        new SampleRun(what, journal, run, hosts, probes, new StateCheckpoint(hosts, journal), rescue);
                return new Benchmark(
                                what, journal, stage, samples, summary, suspicion.apply(journal), breakOff, afterSample)
                        .run();
            }
        }
    }
}
