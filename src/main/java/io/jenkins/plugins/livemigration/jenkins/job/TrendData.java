package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the trend's page draws: one metric, a series per benchmark and scenario. */
final class TrendData {
    /** Builds that the page opens with. */
    static final int FIRST_VIEW = 100;
    /** Points of a series beyond which only the worst of each stretch is shown. */
    static final int MOST_POINTS = 1_000;

    private final HistoryStore history;

    TrendData(HistoryStore history) {
        this.history = history;
    }

    /**
     * The data of a metric.
     *
     * @param wanted the metric; the first that has values if it has none
     * @param newest so many of the newest builds
     */
    ObjectNode json(Optional<String> wanted, int newest) throws IOException {
        List<String> metrics = history.metrics();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode names = root.putArray("metrics");
        metrics.forEach(names::add);
        Optional<Metric> metric = wanted.filter(metrics::contains)
                .or(() -> metrics.stream()
                        .filter(id -> id.equals("downtime.observed"))
                        .findFirst())
                .or(() -> metrics.stream().findFirst())
                .flatMap(Metrics::find);
        root.put("metric", metric.map(Metric::id).orElse(""));
        root.put("unit", metric.map(found -> found.unit().symbol()).orElse(""));
        List<HistoryEntry> runs = history.runs();
        Set<Integer> shown = newest(runs, newest);
        root.put("builds", shown.size());
        ArrayNode list = root.putArray("runs");
        for (HistoryEntry run : runs) {
            if (shown.contains(run.build())) {
                ObjectNode node = list.addObject()
                        .put("build", run.build())
                        .put("name", run.name())
                        .put("status", run.status());
                if (!run.changes().isEmpty()) {
                    ArrayNode changes = node.putArray("changes");
                    run.changes().forEach(changes::add);
                }
            }
        }
        ArrayNode series = root.putArray("series");
        if (metric.isPresent()) {
            bySeries(history.points(metric.get().id()), shown)
                    .forEach((key, points) -> series(series.addObject(), thinned(points)));
        }
        return root;
    }

    private static Set<Integer> newest(List<HistoryEntry> runs, int newest) {
        Set<Integer> builds = new LinkedHashSet<>();
        for (int i = runs.size() - 1; i >= 0 && builds.size() < newest; i--) {
            builds.add(runs.get(i).build());
        }
        return builds;
    }

    private static Map<String, List<HistoryPoint>> bySeries(List<HistoryPoint> points, Set<Integer> shown) {
        Map<String, List<HistoryPoint>> series = new LinkedHashMap<>();
        for (HistoryPoint point : points) {
            if (shown.contains(point.build())) {
                series.computeIfAbsent(point.name() + "\t" + point.scenario(), key -> new ArrayList<>())
                        .add(point);
            }
        }
        return series;
    }

    /** At most {@link #MOST_POINTS}: of each stretch the build with the greatest median. */
    static List<HistoryPoint> thinned(List<HistoryPoint> points) {
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        List<HistoryPoint> thinned = new ArrayList<>();
        for (int i = 0; i < MOST_POINTS; i++) {
            int from = (int) ((long) points.size() * i / MOST_POINTS);
            int to = (int) ((long) points.size() * (i + 1) / MOST_POINTS);
            HistoryPoint greatest = points.get(from);
            for (HistoryPoint point : points.subList(from, to)) {
                greatest = point.median() > greatest.median() ? point : greatest;
            }
            thinned.add(greatest);
        }
        return thinned;
    }

    private static void series(ObjectNode node, List<HistoryPoint> points) {
        node.put("name", points.get(0).name());
        node.put("scenario", points.get(0).scenario());
        ArrayNode list = node.putArray("points");
        for (HistoryPoint point : points) {
            ArrayNode values = list.addArray();
            values.add(point.build()).add(point.median()).add(point.worst());
            values.add(point.lower()).add(point.upper()).add(point.n()).add(point.category());
        }
    }
}
