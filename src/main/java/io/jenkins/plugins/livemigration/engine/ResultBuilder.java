package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalFile;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.plan.WindowPlan;
import io.jenkins.plugins.livemigration.engine.result.ClockReading;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Derives a run's result from its journal and its probes' side files. Pure: the same files give the same result, however
 * the run ended, on whatever machine and whenever it is asked.
 */
public final class ResultBuilder {
    private static final WindowPlan WHOLE = new WindowPlan(Duration.ofDays(1), Duration.ofDays(1));

    private ResultBuilder() {}

    /**
     * Builds the result.
     *
     * @param journal must have begun: its first entry is {@link JournalEvent.RunStarted}
     * @param plan the plan in the journal, parsed; without it the probes' records are not evaluated
     * @throws IllegalArgumentException if the journal does not begin with the start of a run
     */
    static RunResult build(JournalFile journal, Optional<BenchmarkPlan> plan, SampleBuilder.Traces traces) {
        return build(journal, plan, traces, Optional.empty());
    }

    /**
     * As {@link #build(JournalFile, Optional, SampleBuilder.Traces)}.
     *
     * @param knownEnd how the run ended, if the journal does not say it
     */
    static RunResult build(
            JournalFile journal, Optional<BenchmarkPlan> plan, SampleBuilder.Traces traces, Optional<RunEnd> knownEnd) {
        List<JournalEntry> entries = journal.entries();
        if (entries.isEmpty() || !(entries.get(0).event() instanceof JournalEvent.RunStarted start)) {
            throw new IllegalArgumentException("the journal does not begin with the start of a run");
        }
        Map<String, Map<String, String>> environment = new LinkedHashMap<>();
        List<ClockReading> clocks = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<Message> notes = new ArrayList<>();
        Optional<RunEnd> end = Optional.empty();
        Optional<Instant> endedAt = Optional.empty();
        Map<Integer, List<JournalEntry>> samples = new LinkedHashMap<>();
        for (JournalEntry entry : entries) {
            JournalEvent event = entry.event();
            if (event instanceof JournalEvent.EnvironmentRead read) {
                environment.putAll(read.hosts());
            } else if (event instanceof JournalEvent.ClocksRead read) {
                clocks.addAll(read.clocks());
            } else if (event instanceof JournalEvent.Preflight preflight) {
                findings.addAll(preflight.findings());
            } else if (event instanceof JournalEvent.Noted noted) {
                notes.add(noted.message());
            } else if (event instanceof JournalEvent.Recovered recovered) {
                notes.addAll(recovered.actions());
            } else if (event instanceof JournalEvent.RunEnded ended) {
                end = Optional.of(ended.end());
                endedAt = Optional.of(entry.at());
            } else if (event instanceof JournalEvent.SampleStarted started) {
                samples.computeIfAbsent(started.move().order(), order -> new ArrayList<>())
                        .add(entry);
            } else {
                orderOf(event).map(samples::get).ifPresent(sample -> sample.add(entry));
            }
        }
        if (journal.unknown() > 0) {
            notes.add(Message.of("engine.newerJournal", journal.unknown()));
        }
        WindowPlan window = plan.map(BenchmarkPlan::window).orElse(WHOLE);
        List<Sample> built = samples.values().stream()
                .map(sample -> SampleBuilder.build(sample, scenarioOf(sample, plan), window, traces))
                .toList();
        return new RunResult(
                start.name(),
                start.runId(),
                start.engineVersion(),
                start.plan(),
                entries.get(0).at(),
                endedAt,
                end.or(() -> knownEnd)
                        .orElse(new RunEnd(RunEnd.Kind.KILLED, Message.of("engine.killed", built.size()))),
                environment,
                clocks,
                findings,
                notes.stream().distinct().toList(),
                built);
    }

    private static Optional<ScenarioPlan> scenarioOf(List<JournalEntry> sample, Optional<BenchmarkPlan> plan) {
        String name =
                ((JournalEvent.SampleStarted) sample.get(0).event()).move().scenario();
        return plan.flatMap(known -> known.scenarios().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst());
    }

    private static Optional<Integer> orderOf(JournalEvent event) {
        if (event instanceof JournalEvent.OfSample sample) {
            return Optional.of(sample.order());
        }
        return Optional.empty();
    }
}
