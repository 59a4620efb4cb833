package io.jenkins.plugins.livemigration.engine.cli;

import java.time.Duration;

/** Durations to the second, as people say them. */
final class Durations {
    private Durations() {}

    /** {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
    static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
