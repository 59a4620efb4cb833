package io.jenkins.plugins.livemigration.engine.observe;

/**
 * The time between two consecutive replies, or between the last reply and the close of the window.
 *
 * @param startNanos receipt of the last reply before
 * @param endNanos receipt of the first reply after; the window's close if {@code open}
 * @param durationNanos end minus start minus the actual spacing of the probes, not below 0
 * @param lowerNanos the service was unable to answer for at least so long within it
 * @param upperNanos and for at most so long
 * @param spacingNanos the actual spacing of the probes at its edges
 * @param missing attempts sent inside and never answered
 * @param unserved an attempt that was sent inside was not answered at once
 * @param open no reply came before the window closed
 */
record Silence(
        long startNanos,
        long endNanos,
        long durationNanos,
        long lowerNanos,
        long upperNanos,
        long spacingNanos,
        long missing,
        boolean unserved,
        boolean open) {

    long gapNanos() {
        return endNanos - startNanos;
    }
}
