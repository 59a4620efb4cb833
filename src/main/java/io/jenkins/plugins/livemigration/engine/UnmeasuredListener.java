package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.OptionalLong;

/** Hears a move that is not measured; only what the reader must know is kept. */
final class UnmeasuredListener implements MigrationListener {
    private final Journal journal;

    UnmeasuredListener(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void requested() {}

    @Override
    public void phaseStarted(String phase) {}

    @Override
    public void phaseEnded(String phase, OptionalLong bytes) {}

    @Override
    public void mark(Mark.Kind kind) {}

    @Override
    public void markAt(Mark.Kind kind, long nanoTime) {}

    @Override
    public void figure(Metric metric, Figure figure) {}

    @Override
    public void evidence(String name, String text) {}

    @Override
    public void note(Message message) {
        journal.append(new JournalEvent.Noted(message));
    }
}
