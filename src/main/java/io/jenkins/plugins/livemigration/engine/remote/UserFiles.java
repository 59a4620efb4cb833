package io.jenkins.plugins.livemigration.engine.remote;

import java.nio.file.Path;

/** Paths as users write them. */
final class UserFiles {
    private UserFiles() {}

    /** The path, with a leading {@code ~/} standing for the user's home directory. */
    static Path resolve(String path) {
        return path.startsWith("~/") ? home().resolve(path.substring(2)) : Path.of(path);
    }

    static Path home() {
        return Path.of(System.getProperty("user.home"));
    }
}
