package io.jenkins.plugins.livemigration.engine.observe.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one kind of probe said of outages whose length is known, in milliseconds. */
final class Tally {
    /** What a value may be off by, beside one interval. */
    private static final double TOLERANCE = 0.5;

    private static final double SHARE = 0.99;

    private final String probe;
    private final double interval;
    private final boolean barred;
    private final List<Seen> seen = new ArrayList<>();
    private int missing;

    /** One outage: how long it was, and what the probe said; without an upper bound where it said "at least". */
    record Seen(double truth, double value, double lower, double upper) {
        boolean held() {
            return lower <= truth && truth <= upper;
        }

        double error() {
            return value - truth;
        }
    }

    /** @param barred whether something is demanded of it */
    Tally(String probe, double intervalMillis, boolean barred) {
        this.probe = probe;
        this.interval = intervalMillis;
        this.barred = barred;
    }

    /** Whether its bounds hold, where that is demanded. */
    boolean add(Seen one) {
        seen.add(one);
        if (barred && !one.held()) {
            System.out.printf(
                    Locale.ROOT,
                    "  BOUNDS BROKEN: %s: truth %.3f ms, said %.3f [%.3f, %.3f]%n",
                    probe,
                    one.truth(),
                    one.value(),
                    one.lower(),
                    one.upper());
        }
        return !barred || one.held();
    }

    /** It had no figure at all. */
    void addMissing(String why) {
        missing++;
        System.out.println("  NO FIGURE: " + probe + ": " + why);
    }

    static String head() {
        return String.format(
                Locale.ROOT,
                "%-9s %9s %8s %12s %16s %10s %10s %10s %10s  %s",
                "probe",
                "interval",
                "outages",
                "bounds hold",
                "near the value",
                "p50 error",
                "p99 error",
                "largest",
                "width p50",
                "bars");
    }

    /** A line of the table; errors are of the value, by their size. */
    String line(boolean valueBarred) {
        double[] errors =
                seen.stream().mapToDouble(one -> Math.abs(one.error())).sorted().toArray();
        double[] widths = seen.stream()
                .mapToDouble(one -> one.upper() - one.lower())
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "%-9s %6.0f ms %8d %12s %16s %10.3f %10.3f %10.3f %10.3f  %s",
                probe,
                interval,
                seen.size() + missing,
                barred ? held() + "/" + (seen.size() + missing) : "-",
                barred ? String.format(Locale.ROOT, "%d (%.1f %%)", near(), 100.0 * near() / seen.size()) : "-",
                quantile(errors, 0.5),
                quantile(errors, SHARE),
                quantile(errors, 1),
                quantile(widths, 0.5),
                barred ? (keeps(valueBarred) ? "kept" : "MISSED") : "none");
    }

    /** Whether its bars are kept: the bounds always, and if that is demanded the value in 99 %. */
    boolean keeps(boolean valueBarred) {
        boolean values = !valueBarred || near() >= Math.floor(SHARE * seen.size());
        return !barred || (missing == 0 && held() == seen.size() && values);
    }

    private long held() {
        return seen.stream().filter(Seen::held).count();
    }

    private long near() {
        return seen.stream()
                .filter(one -> Math.abs(one.error()) <= interval + TOLERANCE)
                .count();
    }

    private static double quantile(double[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, rank - 1)];
    }
}
