package io.jenkins.plugins.livemigration.engine.migrate.podman;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a migration has come on one of its hosts. Written there before the step that it announces. */
enum Stage {
    /** Both hosts: the record is written, nothing was touched. */
    PREPARED,
    /** Source: packets are dropped and the checkpoint is being written. The destination was asked for nothing yet. */
    DUMPING,
    /** Source: checkpoint and volumes are complete at the destination; from here on the destination may be restoring. */
    HANDOVER,
    /** Destination: the restore begins. */
    RESTORING,
    /** Destination: the point of no return; from here on it may answer. */
    OPENED;

    /** As it stands in the record. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stage of that word; empty if it is none. */
    static Optional<Stage> ofWord(String word) {
        return Arrays.stream(values())
                .filter(stage -> stage.word().equals(word))
                .findFirst();
    }
}
