package io.jenkins.plugins.livemigration.engine.migrate.podman;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * What a workload is called on its hosts: the same names for every plan that moves the same containers, so that each finds
 * what another left behind.
 *
 * @param key for people and for the lease
 * @param directory where a migration keeps its record, absolute; in memory, so that it does not outlive a reboot, which
 *     no container outlives either
 * @param gateTable the gate's own nftables table, of family {@code inet}
 */
record WorkloadNames(String key, String directory, String gateTable) {
    /** Parent of all that the driver keeps on a host. */
    static final String ROOT = "/run/lmb";

    private static final int READABLE_CHARACTERS = 40;
    private static final int HASH_BYTES = 5;

    /** The names of the workload that consists of these containers, in whatever order they are given. */
    static WorkloadNames of(List<String> containers) {
        String joined = String.join("+", new TreeSet<>(containers));
        String readable = joined.replaceAll("[^A-Za-z0-9_.-]", "_");
        readable = readable.substring(0, Math.min(READABLE_CHARACTERS, readable.length()));
        String hash = hash(joined);
        return new WorkloadNames("podman:" + joined, ROOT + "/podman-" + readable + "-" + hash, "lmb_gate_" + hash);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
