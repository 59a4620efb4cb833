package io.jenkins.plugins.livemigration.engine.acceptance;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.JournalFile;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** What a run writes into its folder, read while it runs and afterwards. */
record RunFiles(Path folder) {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long RESULT_BYTES = 100_000_000;

    JournalFile journal() throws IOException {
        return JournalFile.read(folder);
    }

    /** Waits until the journal has an event. */
    JournalEntry awaitEvent(EngineProcess engine, Predicate<JournalEvent> wanted) throws IOException {
        await().pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> !engine.alive() || find(wanted).isPresent());
        return find(wanted)
                .orElseThrow(() -> new AssertionError("it did not happen; the engine ended:\n" + outputOf(engine)));
    }

    private Optional<JournalEntry> find(Predicate<JournalEvent> wanted) throws IOException {
        if (!Files.exists(folder.resolve(Journal.FILE))) {
            return Optional.empty();
        }
        return journal().entries().stream()
                .filter(entry -> wanted.test(entry.event()))
                .findFirst();
    }

    /** Waits until a phase of a sample has begun. */
    void awaitPhase(EngineProcess engine, int order, String phase) throws IOException {
        awaitEvent(
                engine,
                event -> event instanceof JournalEvent.PhaseStarted started
                        && started.order() == order
                        && started.phase().equals(phase));
    }

    /** The result as {@code result.json} has it. */
    RunResult result() throws IOException {
        return ResultFile.read(folder.resolve(ResultFile.NAME), RESULT_BYTES).result();
    }

    private static String outputOf(EngineProcess engine) {
        try {
            return engine.output();
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
