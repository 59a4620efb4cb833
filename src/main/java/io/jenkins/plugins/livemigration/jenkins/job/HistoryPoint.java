package io.jenkins.plugins.livemigration.jenkins.job;

import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One metric of one scenario of one build, in the metric's unit: a line of the metric's file, separated by tabs. */
public final class HistoryPoint {
    private static final int COLUMNS = 9;

    private final int build;
    private final String name;
    private final String scenario;
    private final int n;
    private final double median;
    private final double worst;
    private final @Nullable Double lower;
    private final @Nullable Double upper;
    private final String category;

    private HistoryPoint(
            int build,
            String name,
            String scenario,
            int n,
            double median,
            double worst,
            @Nullable Double lower,
            @Nullable Double upper,
            String category) {
        this.build = build;
        this.name = name;
        this.scenario = scenario;
        this.n = n;
        this.median = median;
        this.worst = worst;
        this.lower = lower;
        this.upper = upper;
        this.category = category;
    }

    /** What is kept of a summary; empty if no sample has a value. */
    static Optional<HistoryPoint> of(int build, String name, Summary summary) {
        return summary.spread()
                .map(spread -> new HistoryPoint(
                        build,
                        oneLine(name),
                        oneLine(summary.scenario()),
                        summary.n(),
                        spread.median(),
                        spread.worst(),
                        spread.medianInterval().map(Summary.Interval::lower).orElse(null),
                        spread.medianInterval().map(Summary.Interval::upper).orElse(null),
                        oneLine(summary.category().orElse(""))));
    }

    /** A plan allows no control characters, but a result comes from an agent: a break in it would forge another build's line. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** Reads a line; empty if it is damaged. */
    static Optional<HistoryPoint> parse(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new HistoryPoint(
                    Integer.parseInt(columns[0]),
                    columns[1],
                    columns[2],
                    Integer.parseInt(columns[3]),
                    Double.parseDouble(columns[4]),
                    Double.parseDouble(columns[5]),
                    columns[6].isEmpty() ? null : Double.valueOf(columns[6]),
                    columns[7].isEmpty() ? null : Double.valueOf(columns[7]),
                    columns[8]));
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
    }

    /** The line. */
    String text() {
        return build + "\t" + name + "\t" + scenario + "\t" + n + "\t" + number(median) + "\t" + number(worst) + "\t"
                + (lower == null ? "" : number(lower)) + "\t" + (upper == null ? "" : number(upper)) + "\t" + category;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    public int build() {
        return build;
    }

    public String name() {
        return name;
    }

    public String scenario() {
        return scenario;
    }

    public int n() {
        return n;
    }

    public double median() {
        return median;
    }

    public double worst() {
        return worst;
    }

    /** Of the median's interval of confidence; absent with few samples. */
    public @Nullable Double lower() {
        return lower;
    }

    /** Of the median's interval of confidence; absent with few samples. */
    public @Nullable Double upper() {
        return upper;
    }

    /** The median's category; empty if the metric has none. */
    public String category() {
        return category;
    }
}
