package io.jenkins.plugins.livemigration.engine.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * How a host is reached.
 *
 * @param name the name that the plan gives it
 * @param address host name or address; {@code local} means this machine, without SSH
 * @param credentials name of the secret: resolved outside the plan
 * @param identityFile a private key's path (command line only; refused in Jenkins)
 * @param hostKey how the host proves itself
 * @param jump another host of the plan to go through
 * @param keepAlive how often a sign of life is sent
 */
public record HostPlan(
        String name,
        String address,
        int port,
        String user,
        Optional<String> credentials,
        Optional<String> identityFile,
        HostKey hostKey,
        Optional<String> jump,
        Duration connectTimeout,
        Duration keepAlive) {

    /** How a host's key is verified. */
    public sealed interface HostKey {
        /** Against a known_hosts file. */
        record KnownHosts(String file) implements HostKey {}

        /** Against a pinned fingerprint, {@code SHA256:...} as ssh-keygen prints it. */
        record Fingerprint(String sha256) implements HostKey {}

        /** Not at all; asked for explicitly, and said in every run's log. */
        record Insecure() implements HostKey {}
    }

    /** Whether commands run on this machine, without SSH. */
    public boolean local() {
        return address.equals("local");
    }
}
