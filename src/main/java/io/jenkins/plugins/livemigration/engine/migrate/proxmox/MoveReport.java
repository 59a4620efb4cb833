package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.LiveTaskLog;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLogFigures;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells the listener what a migration's log says, while it grows and at its end. Used by one thread at a time. */
final class MoveReport {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int MOST_EVIDENCE = 256 * 1024;

    private final MigrationListener listener;
    private final LiveTaskLog log = new LiveTaskLog();
    private Optional<TaskLog.Stage> stage = Optional.empty();
    private long requestedNanos;
    private boolean stopped;

    MoveReport(MigrationListener listener) {
        this.listener = listener;
    }

    /** The request goes out now. */
    void requested() {
        requestedNanos = System.nanoTime();
        listener.requested();
    }

    long requestedNanos() {
        return requestedNanos;
    }

    LiveTaskLog log() {
        return log;
    }

    void note(Message message) {
        listener.note(message);
    }

    /** Another line of the log has come. */
    void line(String text) {
        log.take(text);
        Optional<TaskLog.Stage> now = log.stage();
        if (!now.equals(stage)) {
            stage.ifPresent(ended -> listener.phaseEnded(ended.phase(), OptionalLong.empty()));
            now.ifPresent(begun -> listener.phaseStarted(begun.phase()));
            stage = now;
        }
        if (!stopped && stage.filter(TaskLog.Stage.SWITCH_OVER::equals).isPresent()) {
            // The line was printed after the source's processors had stopped.
            stopped = true;
            listener.mark(Mark.Kind.SOURCE_STOPPED);
        }
    }

    /** The log is complete: tells its figures, and keeps it. */
    void logEnded() {
        stage.ifPresent(ended -> listener.phaseEnded(ended.phase(), OptionalLong.empty()));
        stage = Optional.empty();
        TaskLog found = log.soFar();
        TaskLogFigures.of(found).forEach(listener::figure);
        TaskLogFigures.notes(found).forEach(listener::note);
        String text = log.text();
        listener.evidence(
                "task log",
                text.length() <= MOST_EVIDENCE
                        ? text
                        : text.substring(0, MOST_EVIDENCE / 2) + "\n[...]\n"
                                + text.substring(text.length() - MOST_EVIDENCE / 2));
    }

    /**
     * The platform says that it is done.
     *
     * @param lastSeenRunning when it was last seen at work
     * @param source how it was seen
     */
    void confirmed(long lastSeenRunning, long endSeen, Message source) {
        listener.markAt(Mark.Kind.CONFIRMED, endSeen);
        double upper = (endSeen - requestedNanos) / NANOS_PER_MILLI;
        double lower = Math.max(0, (lastSeenRunning - requestedNanos) / NANOS_PER_MILLI);
        listener.figure(
                Metrics.MIGRATION_TIME_PLATFORM,
                new Figure.Measured(upper, Math.min(lower, upper), upper, Optional.of(source)));
    }
}
