package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges.Edge;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Published tables of network quality that a plan can choose by name. All as half-open intervals: the prints' gaps are
 * closed by letting each class end where the next one begins. docs/plan.md prints them.
 */
public final class PublishedTables {
    /** The tables' names in plans. */
    static final List<String> NAMES = List.of("tiphon", "tiphon-percent", "itu-t-g114", "itu-t-x642");

    static final String TIPHON = "TIPHON tables as used in Indonesian theses";
    private static final String G114 = "ITU-T G.114, one-way delay of interactive speech";
    private static final String X642 = "ITU-T X.642 as used in Indonesian theses";
    /** The print's best jitter class is exactly 0 ms; a microsecond is what the clocks can tell from it. */
    private static final double ZERO_JITTER = 0.001;

    private static final List<String> GRADES = List.of("very good", "good", "fair", "poor");
    private static final List<String> GRADES_FROM_WORST = List.of("poor", "fair", "good", "very good");

    private PublishedTables() {}

    /**
     * A table for a metric.
     *
     * @param available the bandwidth in bit/s of which {@code tiphon-percent} takes percentages; others need none
     * @return empty if the table has nothing about such a metric
     */
    static Optional<CategoryEdges> find(String table, Metric metric, double available) {
        String id = metric.id();
        boolean delay = id.startsWith("delay.") || id.startsWith("spacing.");
        return switch (table) {
            case "tiphon" -> tiphon(metric);
            case "tiphon-percent" ->
                id.startsWith("throughput.")
                        ? Optional.of(edges(TIPHON, GRADES_FROM_WORST, 0.50 * available, 0.75 * available, available))
                        : Optional.empty();
            case "itu-t-g114" ->
                delay ? Optional.of(edges(G114, List.of("good", "acceptable", "bad"), 150, 400)) : Optional.empty();
            case "itu-t-x642" ->
                id.startsWith("loss.")
                        ? Optional.of(edges(X642, List.of("good", "acceptable", "poor"), 1, 5))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** TIPHON's table for a metric: delay, jitter, loss, throughput in bit/s, and the overall index. */
    public static Optional<CategoryEdges> tiphon(Metric metric) {
        String id = metric.id();
        if (id.startsWith("delay.") || id.startsWith("spacing.")) {
            return Optional.of(edges(TIPHON, GRADES, 150, 300, 450));
        }
        if (id.startsWith("jitter.")) {
            return Optional.of(edges(TIPHON, GRADES, ZERO_JITTER, 75, 125));
        }
        if (id.startsWith("loss.")) {
            return Optional.of(edges(TIPHON, GRADES, 3, 15, 25));
        }
        if (metric.unit() == Unit.BITS_PER_SECOND) {
            List<String> classes = List.of("very poor", "poor", "fair", "good", "very good");
            return Optional.of(edges(TIPHON, classes, 338e3, 700e3, 1.2e6, 2.1e6));
        }
        if (id.startsWith("qos.index.")) {
            return Optional.of(edges(TIPHON, GRADES_FROM_WORST, 2, 3, 3.8));
        }
        return Optional.empty();
    }

    private static CategoryEdges edges(String source, List<String> names, double... below) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            edges.add(new Edge(names.get(i), i < below.length ? below[i] : Double.POSITIVE_INFINITY));
        }
        return new CategoryEdges(edges, source);
    }
}
