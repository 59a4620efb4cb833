package io.jenkins.plugins.livemigration.engine.result;

/**
 * A moment of a migration.
 *
 * @param atMillis milliseconds since the migration was requested
 */
public record Mark(Kind kind, double atMillis) {

    /** The moments that have a meaning for the metrics. */
    public enum Kind {
        /** From here on no reply can come from the source: its processes are frozen, or its packets dropped. */
        SOURCE_STOPPED,
        /** The point of no return: the destination may answer from here on. */
        DESTINATION_OPENED,
        /** The platform says that the migration is done. */
        CONFIRMED,
        /** A pre-copy iteration ended. */
        ITERATION
    }
}
