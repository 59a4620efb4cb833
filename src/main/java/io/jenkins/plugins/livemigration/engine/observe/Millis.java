package io.jenkins.plugins.livemigration.engine.observe;

import java.time.Duration;
import java.util.Locale;

/** Nanoseconds as the milliseconds of the result's figures. */
final class Millis {
    private static final double NANOS = 1e6;

    private Millis() {}

    static double of(long nanos) {
        return nanos / NANOS;
    }

    /** A number of milliseconds for a message, in a form that every language reads. */
    static String text(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", of(nanos));
    }

    /** The same to a microsecond. */
    static String fine(long nanos) {
        return String.format(Locale.ROOT, "%.3f ms", of(nanos));
    }

    static String text(Duration duration) {
        return text(duration.toNanos());
    }
}
