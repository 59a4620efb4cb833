package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A UDP probe's records beside a capture of the same packets: by the same definition, applied to the kernel's times.
 *
 * @param unanswered slots without an answer in the probe's records
 * @param captured slots without an answer in the capture
 * @param truth {@code downtime.observed} by the capture
 */
public record CaptureComparison(Set<Long> unanswered, Set<Long> captured, Figure truth) {
    /** What was sent so shortly before the close may be answered after the probe has stopped listening. */
    private static final long TAIL = 100_000_000;

    /** Compares over the sample's window; {@code times} are the run's. */
    public static CaptureComparison of(
            ProbePlan.Udp plan, ProbeFile.Content probe, RecordedTrace captured, SampleTimes times) {
        long offset = offset(probe, captured);
        ProbeFile header = probe.header();
        long until = times.windowClose() - TAIL;
        SampleTimes shifted = new SampleTimes(
                times.windowOpen() + offset,
                times.requested() + offset,
                OptionalLong.empty(),
                times.confirmed().isPresent()
                        ? OptionalLong.of(times.confirmed().getAsLong() + offset)
                        : OptionalLong.empty(),
                times.windowClose() + offset,
                times.phases());
        return new CaptureComparison(
                PcapProbeReader.unanswered(
                        probe.trace(), times.windowOpen(), until, header.startNanos(), header.intervalNanos()),
                PcapProbeReader.unanswered(captured, times.windowOpen() + offset, until + offset, 0, 1),
                SampleObserver.observe(plan, captured, shifted).figures().get(Metrics.DOWNTIME_OBSERVED.id()));
    }

    /** Wall clock of the capture minus the run's clock, by the sending of the same datagrams: the median. */
    public static long offset(ProbeFile.Content probe, RecordedTrace captured) {
        long[] offsets = new long[captured.size()];
        int j = 0;
        for (int i = 0; i < captured.size(); i++) {
            long due = probe.header().startNanos()
                    + captured.scheduledNanos(i) * probe.header().intervalNanos();
            while (probe.trace().scheduledNanos(j) < due) {
                j++;
            }
            offsets[i] = captured.sentNanos(i) - probe.trace().sentNanos(j);
        }
        Arrays.sort(offsets);
        return offsets[offsets.length / 2];
    }
}
