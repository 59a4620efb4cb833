package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.OptionalLong;

/** Writes what a driver says of one sample to the journal. */
final class JournalingListener implements MigrationListener {
    private final Journal journal;
    private final int order;
    private volatile boolean confirmed;

    JournalingListener(Journal journal, int order) {
        this.journal = journal;
        this.order = order;
    }

    /** Whether the driver said when the platform was done. */
    boolean wasConfirmed() {
        return confirmed;
    }

    @Override
    public void requested() {
        journal.append(new JournalEvent.Requested(order));
    }

    @Override
    public void phaseStarted(String phase) {
        journal.append(new JournalEvent.PhaseStarted(order, phase));
    }

    @Override
    public void phaseEnded(String phase, OptionalLong bytes) {
        journal.append(new JournalEvent.PhaseEnded(order, phase, bytes));
    }

    @Override
    public void mark(Mark.Kind kind) {
        if (kind == Mark.Kind.CONFIRMED) {
            confirmed = true;
        }
        journal.append(new JournalEvent.Marked(order, kind, journal.clock().nanos()));
    }

    @Override
    public void markAt(Mark.Kind kind, long nanoTime) {
        if (kind == Mark.Kind.CONFIRMED) {
            confirmed = true;
        }
        journal.append(new JournalEvent.Marked(order, kind, journal.clock().ofNanoTime(nanoTime)));
    }

    @Override
    public void figure(Metric metric, Figure figure) {
        journal.append(new JournalEvent.Reported(order, metric.id(), figure));
    }

    @Override
    public void evidence(String name, String text) {
        journal.append(new JournalEvent.EvidenceKept(order, name, text));
    }

    @Override
    public void note(Message message) {
        journal.append(new JournalEvent.Noted(message));
    }
}
