package io.jenkins.plugins.livemigration.engine.observe;

/**
 * All attempts of one probe in one sample, in order of their numbers. Times are nanoseconds since the run's start on the
 * measuring host's monotonic clock.
 *
 * <p>Attempts keep the numbers of their slots in the probe's schedule; a slot in which nothing was sent (the sender was
 * held up past it, or too many attempts were outstanding) has no attempt here.
 */
public interface ProbeTrace {

    /** How many attempts were made. */
    int size();

    /** When attempt {@code i} should have been sent; when it was sent, for a probe that keeps no schedule. */
    long scheduledNanos(int i);

    /** When it was really sent. */
    long sentNanos(int i);

    /** When it had left this process at the latest: our thread may have been held up between the two. */
    default long leftNanos(int i) {
        return sentNanos(i);
    }

    /** Whether a reply came, late or not. */
    boolean answered(int i);

    /**
     * When the first reply to it came.
     *
     * @throws IllegalStateException if none came
     */
    long receivedNanos(int i);

    /** Whether the other end stamped it. */
    default boolean stamped(int i) {
        return false;
    }

    /** When the other end received it, by its own clock; only if {@link #stamped}. */
    default long peerReceivedNanos(int i) {
        throw new IllegalStateException("attempt " + i + " was not stamped");
    }

    /** When the other end sent its reply, by its own clock; only if {@link #stamped}. */
    default long peerSentNanos(int i) {
        throw new IllegalStateException("attempt " + i + " was not stamped");
    }

    /**
     * How many attempts the other end had received when it received attempt {@code i}, itself included, by its own count; 0
     * if it was not answered, or the other end does not count.
     */
    default int arrivals(int i) {
        return 0;
    }

    /** When this machine did not let us run meanwhile. */
    default HoldUps holdUps() {
        return HoldUps.UNKNOWN;
    }

    /** How often the held connection of a session broke and was opened again; 0 for other kinds. */
    default int breaks() {
        return 0;
    }

    /**
     * When it broke the {@code i}-th time.
     *
     * @throws IndexOutOfBoundsException if it did not break so often
     */
    default long breakNanos(int i) {
        throw new IndexOutOfBoundsException(i);
    }
}
