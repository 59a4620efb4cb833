package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Evaluates each sample as soon as it is over and says its figures in the journal, for those who follow. Keeps the entries
 * of the current sample only.
 */
final class LiveSummary implements Consumer<JournalEntry> {
    private final BenchmarkPlan plan;
    private final SampleBuilder.Traces traces;
    private final List<JournalEntry> current = new ArrayList<>();
    private Optional<Journal> journal = Optional.empty();

    LiveSummary(BenchmarkPlan plan, SampleBuilder.Traces traces) {
        this.plan = plan;
        this.traces = traces;
    }

    /** Where the figures are said. */
    void sayIn(Journal target) {
        journal = Optional.of(target);
    }

    /** Collects the entries of the current sample. May be called on any thread. */
    @Override
    public void accept(JournalEntry entry) {
        synchronized (current) {
            if (entry.event() instanceof JournalEvent.SampleStarted) {
                current.clear();
                current.add(entry);
            } else if (entry.event() instanceof JournalEvent.OfSample && !current.isEmpty()) {
                current.add(entry);
            }
        }
    }

    /** Evaluates the sample that has just been carried out. */
    void sampleDone(JournalEvent.Move move) {
        List<JournalEntry> entries;
        synchronized (current) {
            entries = List.copyOf(current);
            current.clear();
        }
        if (entries.isEmpty() || journal.isEmpty()) {
            return;
        }
        Optional<ScenarioPlan> scenario = plan.scenarios().stream()
                .filter(candidate -> candidate.name().equals(move.scenario()))
                .findFirst();
        Sample sample = SampleBuilder.build(entries, scenario, plan.window(), traces);
        journal.get().append(new JournalEvent.SampleSummed(move.order(), sample.outcome(), sample.figures()));
    }
}
