package io.jenkins.plugins.livemigration.engine.remote;

import java.util.Optional;

/**
 * Resolves the names that stand as {@code credentials: NAME} in a plan. On the command line: an environment variable, a
 * file, or a prompt; from Jenkins: what came on standard input.
 */
public interface Credentials {

    /** The secret of that name; empty if nobody has it. May ask a person, once per name. */
    Optional<Credential> find(String name);

    /** Why a secret of that name, though it exists, was not taken by {@link #find}: its file is open to others. */
    default Optional<String> objection(String name) {
        return Optional.empty();
    }

    /** A secret. Its text never goes into arguments, logs, journals or files, and {@code toString} never shows it. */
    sealed interface Credential {
        /** The user that belongs to the secret, where the secret knows it; overrides the plan's. */
        Optional<String> user();

        /** A private key in OpenSSH or PEM form. */
        final class PrivateKey implements Credential {
            private final Optional<String> user;
            private final byte[] key;
            private final Optional<String> passphrase;

            public PrivateKey(Optional<String> user, byte[] key, Optional<String> passphrase) {
                this.user = user;
                this.key = key.clone();
                this.passphrase = passphrase;
            }

            @Override
            public Optional<String> user() {
                return user;
            }

            /** The key file's bytes. */
            public byte[] key() {
                return key.clone();
            }

            public Optional<String> passphrase() {
                return passphrase;
            }

            @Override
            public String toString() {
                return "PrivateKey(hidden)";
            }
        }

        /** A password or a token. */
        final class SecretText implements Credential {
            private final Optional<String> user;
            private final String text;

            public SecretText(Optional<String> user, String text) {
                this.user = user;
                this.text = text;
            }

            @Override
            public Optional<String> user() {
                return user;
            }

            public String text() {
                return text;
            }

            @Override
            public String toString() {
                return "SecretText(hidden)";
            }
        }
    }
}
