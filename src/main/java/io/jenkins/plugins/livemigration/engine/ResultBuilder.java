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
import io.jenkins.plugins.livemigration.engine.verdict.regression.Confirmation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.SecondRound;
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
        Collected first = new Collected();
        rounds(entries).first().forEach(first::add);
        if (journal.unknown() > 0) {
            first.notes.add(Message.of("engine.newerJournal", journal.unknown()));
        }
        return first.result(start(entries), entries.get(0).at(), plan, traces, knownEnd);
    }

    /**
     * What was measured when suspected scenarios ran once more; empty if none did.
     *
     * @param journal must have begun
     */
    static Optional<SecondRound> secondRound(
            JournalFile journal, Optional<BenchmarkPlan> plan, SampleBuilder.Traces traces) {
        Rounds rounds = rounds(journal.entries());
        if (rounds.second().isEmpty()) {
            return Optional.empty();
        }
        JournalEntry opening = rounds.second().get(0);
        boolean afresh = ((JournalEvent.ConfirmationStarted) opening.event()).afresh();
        Collected second = new Collected();
        // Hosts that were not looked at again are taken to be as they were.
        rounds.first().stream()
                .map(JournalEntry::event)
                .filter(JournalEvent.EnvironmentRead.class::isInstance)
                .forEach(read -> second.environment.putAll(((JournalEvent.EnvironmentRead) read).hosts()));
        rounds.second().forEach(second::add);
        RunResult run = second.result(start(journal.entries()), opening.at(), plan, traces, Optional.empty());
        return Optional.of(
                new SecondRound(afresh ? Confirmation.Freshness.FRESH_START : Confirmation.Freshness.SAME_BOOT, run));
    }

    private static JournalEvent.RunStarted start(List<JournalEntry> entries) {
        if (entries.isEmpty() || !(entries.get(0).event() instanceof JournalEvent.RunStarted start)) {
            throw new IllegalArgumentException("the journal does not begin with the start of a run");
        }
        return start;
    }

    private record Rounds(List<JournalEntry> first, List<JournalEntry> second) {}

    /** The second round begins and ends with its own entries; all else, the way home too, is the run's. */
    private static Rounds rounds(List<JournalEntry> entries) {
        Rounds rounds = new Rounds(new ArrayList<>(), new ArrayList<>());
        boolean again = false;
        for (JournalEntry entry : entries) {
            again |= entry.event() instanceof JournalEvent.ConfirmationStarted;
            (again ? rounds.second() : rounds.first()).add(entry);
            again &= !(entry.event() instanceof JournalEvent.ConfirmationEnded);
        }
        return rounds;
    }

    /** What the entries of one round say. */
    private static final class Collected {
        private final Map<String, Map<String, String>> environment = new LinkedHashMap<>();
        private final List<ClockReading> clocks = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private final List<Message> notes = new ArrayList<>();
        private final Map<Integer, List<JournalEntry>> samples = new LinkedHashMap<>();
        private Optional<RunEnd> end = Optional.empty();
        private Optional<Instant> endedAt = Optional.empty();

        void add(JournalEntry entry) {
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
                ends(ended.end(), entry);
            } else if (event instanceof JournalEvent.ConfirmationEnded ended) {
                ends(ended.end(), entry);
            } else if (event instanceof JournalEvent.SampleStarted started) {
                samples.computeIfAbsent(started.move().order(), order -> new ArrayList<>())
                        .add(entry);
            } else {
                orderOf(event).map(samples::get).ifPresent(sample -> sample.add(entry));
            }
        }

        private void ends(RunEnd how, JournalEntry entry) {
            end = Optional.of(how);
            endedAt = Optional.of(entry.at());
        }

        RunResult result(
                JournalEvent.RunStarted start,
                Instant startedAt,
                Optional<BenchmarkPlan> plan,
                SampleBuilder.Traces traces,
                Optional<RunEnd> knownEnd) {
            WindowPlan window = plan.map(BenchmarkPlan::window).orElse(WHOLE);
            List<Sample> built = samples.values().stream()
                    .map(sample -> SampleBuilder.build(sample, scenarioOf(sample, plan), window, traces))
                    .toList();
            return new RunResult(
                    start.name(),
                    start.runId(),
                    start.engineVersion(),
                    start.plan(),
                    startedAt,
                    endedAt,
                    end.or(() -> knownEnd)
                            .orElse(new RunEnd(RunEnd.Kind.KILLED, Message.of("engine.killed", built.size()))),
                    environment,
                    clocks,
                    findings,
                    notes.stream().distinct().toList(),
                    built);
        }
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
