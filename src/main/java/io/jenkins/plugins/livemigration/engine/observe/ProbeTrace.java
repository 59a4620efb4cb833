package io.jenkins.plugins.livemigration.engine.observe;

/**
 * All attempts of one probe in one sample, in order of their numbers. Times are nanoseconds since the run's start on the
 * measuring host's monotonic clock.
 */
public interface ProbeTrace {

    /** How many attempts were made. */
    int size();

    /** When attempt {@code i} should have been sent. */
    long scheduledNanos(int i);

    /** When it was really sent. */
    long sentNanos(int i);

    /** Whether a reply came, late or not. */
    boolean answered(int i);

    /**
     * When the first reply to it came.
     *
     * @throws IllegalStateException if none came
     */
    long receivedNanos(int i);
}
