package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.result.ProbeReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Colours of the heat strip: steps of the usual round-trip time. */
final class HeatScale {
    /** Where the steps begin, as multiples of the usual round-trip time; twice it is where degradation begins. */
    static final List<Double> STEPS = List.of(1.5, 2.0, 4.0, 8.0);

    private HeatScale() {}

    /** The usual round-trip time: the median of the slices before the request, or of all if there are none. */
    static double reference(List<ProbeReport.RttSlice> slices) {
        double[] before =
                medians(slices.stream().filter(slice -> slice.endMillis() <= 0).toList());
        double[] chosen = before.length > 0 ? before : medians(slices);
        return chosen.length == 0 ? 1 : Math.max(chosen[chosen.length / 2], 1e-6);
    }

    /** The class of a slice: {@code h0} for the usual time, {@code h4} for the slowest, {@code none} without a reply. */
    static String cssClass(ProbeReport.RttSlice slice, double reference) {
        if (slice.answered() == 0) {
            return "heat none";
        }
        double ratio = slice.medianMillis() / reference;
        long step = STEPS.stream().filter(edge -> ratio >= edge).count();
        return "heat h" + step;
    }

    /** The slices, those without any reply that follow each other joined into one. */
    static List<ProbeReport.RttSlice> joined(List<ProbeReport.RttSlice> slices) {
        List<ProbeReport.RttSlice> joined = new ArrayList<>();
        for (ProbeReport.RttSlice slice : slices) {
            int last = joined.size() - 1;
            if (slice.answered() == 0 && last >= 0 && joined.get(last).answered() == 0) {
                ProbeReport.RttSlice dark = joined.get(last);
                joined.set(
                        last,
                        new ProbeReport.RttSlice(
                                dark.startMillis(), slice.endMillis(), dark.sent() + slice.sent(), 0, 0, 0));
            } else {
                joined.add(slice);
            }
        }
        return joined;
    }

    private static double[] medians(List<ProbeReport.RttSlice> slices) {
        double[] medians = slices.stream()
                .filter(slice -> slice.answered() > 0)
                .mapToDouble(ProbeReport.RttSlice::medianMillis)
                .toArray();
        Arrays.sort(medians);
        return medians;
    }
}
