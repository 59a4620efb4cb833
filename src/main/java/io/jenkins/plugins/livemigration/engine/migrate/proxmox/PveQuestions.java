package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import java.util.Map;

/** Questions to a cluster by the paths of its API, which change nothing: over HTTPS, or with {@code pvesh} on a node. */
interface PveQuestions {

    /**
     * Asks.
     *
     * @param path its parts encoded as {@link PveApi#encode} does
     */
    PveAnswer get(String path, Map<String, String> query) throws InterruptedException;

    /** Asks without parameters. */
    default PveAnswer get(String path) throws InterruptedException {
        return get(path, Map.of());
    }

    /** The full name of the user or token that asks. */
    String caller();

    /** Whether the caller is {@code root@pam} itself: tokens never are, not even root's. */
    boolean isRootItself();
}
