package io.jenkins.plugins.livemigration.engine.migrate.podman;

import java.util.Set;

/**
 * What was made ready for the window besides the connections.
 *
 * @param filtered whether both hosts read archives with the driver's own scripts, which see the end of an archive before
 *     Podman has tidied up behind it
 * @param seeded containers of whose memory the destination has a copy already
 * @param directory on the destination, with a directory for each of these
 */
record Ahead(boolean filtered, Set<String> seeded, String directory) {
    Ahead {
        seeded = Set.copyOf(seeded);
    }

    /** Nothing. */
    static Ahead nothing() {
        return new Ahead(false, Set.of(), "");
    }

    /** Where a container's memory is put together on the destination; empty if it is part of the archive. */
    String memory(String container) {
        return seeded.contains(container) ? directory + "/" + container : "";
    }
}
