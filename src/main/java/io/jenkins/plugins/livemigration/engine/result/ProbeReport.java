package io.jenkins.plugins.livemigration.engine.result;

import java.util.List;

/**
 * What one probe saw during one sample.
 *
 * @param name the probe's name in the plan
 * @param kind {@code udp}, {@code http}, {@code tcp}, {@code session} or {@code ping}
 * @param primary whether {@code downtime.observed} is taken from it
 * @param intervalMillis the planned spacing
 * @param sent probes sent within the window
 * @param answered probes answered, late ones included
 * @param lateSends probes that were sent more than half an interval behind schedule
 * @param outages in order of time
 * @param rtt the heat strip: round-trip times in consecutive slices of the window
 */
public record ProbeReport(
        String name,
        String kind,
        boolean primary,
        double intervalMillis,
        long sent,
        long answered,
        long lateSends,
        List<Outage> outages,
        List<RttSlice> rtt) {
    public ProbeReport {
        outages = List.copyOf(outages);
        rtt = List.copyOf(rtt);
    }

    /**
     * Round-trip times of the probes sent within one slice.
     *
     * @param startMillis since the request
     * @param sent probes sent in the slice
     * @param answered how many of them were answered
     * @param medianMillis 0 if none was answered
     * @param maxMillis 0 if none was answered
     */
    public record RttSlice(
            double startMillis, double endMillis, int sent, int answered, double medianMillis, double maxMillis) {}
}
