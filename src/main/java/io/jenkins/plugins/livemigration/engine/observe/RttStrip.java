package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.result.ProbeReport.RttSlice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the window into slices of equal length for the heat strip of round trips. */
final class RttStrip {
    private static final int MAX_SLICES = 600;
    private static final long SHORTEST_NANOS = 50_000_000;
    private static final long STEP_NANOS = 10_000_000;

    private RttStrip() {}

    /** Slices of 50 ms, or longer where there would be more than 600 of them. */
    static List<RttSlice> of(ProbeTrace trace, SampleTimes times) {
        long window = times.windowClose() - times.windowOpen();
        long steps = window / (MAX_SLICES * STEP_NANOS) + 1;
        long length = Math.max(SHORTEST_NANOS, steps * STEP_NANOS);
        List<RttSlice> slices = new ArrayList<>();
        int i = 0;
        for (long start = times.windowOpen(); start < times.windowClose(); start += length) {
            long end = Math.min(start + length, times.windowClose());
            while (i < trace.size() && trace.sentNanos(i) < start) {
                i++;
            }
            int from = i;
            while (i < trace.size() && trace.sentNanos(i) < end) {
                i++;
            }
            slices.add(slice(trace, from, i, start - times.requested(), end - times.requested()));
        }
        return slices;
    }

    private static RttSlice slice(ProbeTrace trace, int from, int past, long start, long end) {
        long[] rtts = new long[past - from];
        int answered = 0;
        for (int i = from; i < past; i++) {
            if (trace.answered(i)) {
                rtts[answered++] = trace.receivedNanos(i) - trace.sentNanos(i);
            }
        }
        rtts = Arrays.copyOf(rtts, answered);
        Arrays.sort(rtts);
        return new RttSlice(
                Millis.of(start),
                Millis.of(end),
                past - from,
                answered,
                answered == 0 ? 0 : Millis.of(rtts[(answered - 1) / 2]),
                answered == 0 ? 0 : Millis.of(rtts[answered - 1]));
    }
}
