package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import java.util.List;
import java.util.Optional;

/** Moves a guest for the double of the API, where the double shall not only say so. */
public interface Mover {

    /** Begins to move the guest; returns at once. */
    Move begin(String from, String to);

    /** A migration under way. Thread-safe. */
    interface Move {

        /** The lines of its log so far, the task's last line not among them. */
        List<String> log();

        /** The task's exit status, once it has one. */
        Optional<String> exitStatus();

        /** Asks it to stop, as a signal to the task's worker does. */
        void interrupt();
    }
}
