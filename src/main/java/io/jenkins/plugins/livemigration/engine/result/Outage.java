package io.jenkins.plugins.livemigration.engine.result;

import java.util.List;

/**
 * A time in which a probe got no replies.
 *
 * @param startMillis receipt of the last reply before, in milliseconds since the request (negative before it)
 * @param endMillis receipt of the first reply after; the close of the window if {@code open}
 * @param durationMillis end minus start minus the actual spacing of the probes
 * @param lowerMillis the outage cannot have been shorter, by the real send times
 * @param upperMillis nor longer
 * @param open still without reply when the window closed: the duration is a lower bound
 * @param missing probes that were sent inside and never answered
 * @param phases the phases during which it fell, in order
 */
public record Outage(
        double startMillis,
        double endMillis,
        double durationMillis,
        double lowerMillis,
        double upperMillis,
        boolean open,
        long missing,
        List<String> phases) {
    public Outage {
        phases = List.copyOf(phases);
    }
}
