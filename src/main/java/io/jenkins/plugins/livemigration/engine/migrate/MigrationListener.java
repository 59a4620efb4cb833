package io.jenkins.plugins.livemigration.engine.migrate;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.OptionalLong;

/**
 * Hears of a migration while it happens. Implementations are thread-safe, quick (they append to the journal) and stamp
 * the moment of the call, unless a method takes a time of its own.
 */
public interface MigrationListener {

    /** The request is about to be sent: time zero of the sample. Called exactly once. */
    void requested();

    /** A phase begins; phases may overlap, but not two of one name. */
    void phaseStarted(String phase);

    /** The phase ends, with the payload that it moved, where known. */
    void phaseEnded(String phase, OptionalLong bytes);

    /** A moment that the metrics need. */
    void mark(Mark.Kind kind);

    /**
     * A moment that the driver knows better than the moment of this call, as {@link System#nanoTime()}; for example the
     * start of a remote command of which it only later learns that it worked.
     */
    void markAt(Mark.Kind kind, long nanoTime);

    /** A figure that the platform reports. */
    void figure(Metric metric, Figure figure);

    /** Raw material, verbatim and without secrets. */
    void evidence(String name, String text);

    /** Something the reader must know. */
    void note(Message message);
}
