package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.Verdict;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RegressionReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Suspects what the verdict on the moves so far says got worse than the baseline. Where something else fails the run
 * already, a second look could not change the verdict, and nothing is suspected.
 */
final class BaselineSuspicion implements Suspicion {
    private final Path folder;
    private final BaselineChoice baseline;
    private final Journal journal;

    BaselineSuspicion(Path folder, BaselineChoice baseline, Journal journal) {
        this.folder = folder;
        this.baseline = baseline;
        this.journal = journal;
    }

    @Override
    public List<String> suspects(RunEnd end) {
        if (baseline.source() instanceof BaselineChoice.Source.Nothing) {
            return List.of();
        }
        try {
            Verdict verdict = RunEvaluation.of(folder, end, baseline).verdict();
            boolean failsAnyway = verdict.judgements().stream()
                    .filter(judgement -> !judgement.rule().equals(RegressionReport.RULE))
                    .anyMatch(judgement -> judgement.status().compareTo(Status.FAIL) >= 0);
            return failsAnyway
                    ? List.of()
                    : verdict.regression().map(RegressionReport::suspects).orElse(List.of());
        } catch (IOException unreadable) {
            journal.append(
                    new JournalEvent.Noted(Message.of("engine.notCompared", String.valueOf(unreadable.getMessage()))));
            return List.of();
        }
    }
}
