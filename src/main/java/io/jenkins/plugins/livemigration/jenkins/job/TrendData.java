package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.report.Names;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Trend;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.ChangePoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the trend's page draws: one metric, a series per benchmark and scenario. */
final class TrendData {
    /** Builds that the page opens with, and in which changes of the level are looked for. */
    static final int FIRST_VIEW = 100;
    /** Points of a series beyond which only the worst of each stretch is shown. */
    static final int MOST_POINTS = 1_000;

    private final HistoryStore history;
    private final Names names;

    TrendData(HistoryStore history, Locale language) {
        this.history = history;
        this.names = new Names(language);
    }

    /** The newest builds of a metric; of the first that has values if it has none. */
    ObjectNode newest(Optional<String> wanted, int builds) throws IOException {
        Optional<Metric> metric = metric(wanted);
        List<HistoryEntry> runs = history.runs(builds);
        Set<Integer> shown = builds(runs);
        List<HistoryPoint> points =
                metric.isPresent() ? history.points(metric.get().id(), shown) : List.of();
        return json(metric, runs, points);
    }

    /** All builds of a metric, thinned where they are many. */
    ObjectNode all(Optional<String> wanted) throws IOException {
        Optional<Metric> metric = metric(wanted);
        List<HistoryPoint> points =
                metric.isPresent() ? history.points(metric.get().id()) : List.of();
        return json(metric, history.runs(), points);
    }

    private Optional<Metric> metric(Optional<String> wanted) {
        List<String> there = history.metrics();
        return wanted.filter(there::contains)
                .or(() -> there.stream()
                        .filter(id -> id.equals("downtime.observed"))
                        .findFirst())
                .or(() -> there.stream().findFirst())
                .flatMap(Metrics::find);
    }

    private ObjectNode json(Optional<Metric> metric, List<HistoryEntry> runs, List<HistoryPoint> points)
            throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode list = root.putArray("metrics");
        history.metrics().forEach(id -> list.addObject().put("id", id).put("name", names.metric(id)));
        root.put("metric", metric.map(Metric::id).orElse(""));
        root.put("name", metric.map(found -> names.metric(found.id())).orElse(""));
        root.put("unit", metric.map(found -> found.unit().symbol()).orElse(""));
        root.put("builds", builds(runs).size());
        Set<Integer> drawn = new HashSet<>();
        ArrayNode series = root.putArray("series");
        bySeries(points).forEach((key, all) -> {
            List<HistoryPoint> thinned =
                    metric.map(shown -> thinned(all, shown.better())).orElse(all);
            thinned.forEach(point -> drawn.add(point.build()));
            series(series.addObject(), thinned);
        });
        runs(root.putArray("runs"), runs, drawn);
        if (metric.isPresent()) {
            bands(root.putArray("bands"), metric.get(), points);
        }
        return root;
    }

    /** Where there are too many runs, those that are drawn or say something. */
    private static void runs(ArrayNode list, List<HistoryEntry> runs, Set<Integer> drawn) {
        boolean many = runs.size() > MOST_POINTS;
        int gaps = 0;
        for (HistoryEntry run : runs) {
            boolean gap = !drawn.contains(run.build()) && gaps < MOST_POINTS;
            boolean says = !run.changes().isEmpty() || (gap && run.status().equals(HistoryEntry.WITHOUT_RESULT));
            if (many && !drawn.contains(run.build()) && !says) {
                continue;
            }
            gaps += gap ? 1 : 0;
            ObjectNode node = list.addObject()
                    .put("build", run.build())
                    .put("name", run.name())
                    .put("status", run.status());
            if (!run.was().equals(run.status())) {
                node.put("was", run.was());
            }
            if (!run.changes().isEmpty()) {
                ArrayNode changes = node.putArray("changes");
                run.changes().forEach(changes::add);
            }
        }
    }

    /** The categories, the best one first, if all benchmarks that are drawn have the same. */
    private void bands(ArrayNode list, Metric metric, List<HistoryPoint> points) throws IOException {
        Set<String> benchmarks = new LinkedHashSet<>();
        points.forEach(point -> benchmarks.add(point.name()));
        Set<JsonNode> different = new LinkedHashSet<>();
        for (String benchmark : benchmarks) {
            different.add(history.categories(benchmark, metric.id()));
        }
        if (different.size() == 1) {
            JsonNode classes = different.iterator().next();
            for (int i = 0; i < classes.size(); i++) {
                JsonNode one = classes.get(i);
                ObjectNode band = list.addObject()
                        .put("name", names.category(one.path("name").asText()))
                        .put("rank", metric.better() == Metric.Better.HIGHER ? classes.size() - 1 - i : i);
                if (one.path("below").isNumber()) {
                    band.set("below", one.path("below"));
                }
            }
        }
    }

    /** Near which of the newest builds the level of a metric changed, by series; nothing from fewer than ten builds. */
    ObjectNode levelChanges(String id) throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode series = root.putArray("series");
        Optional<Metric> metric = Metrics.find(id);
        if (metric.isPresent()) {
            Set<Integer> shown = builds(history.runs(FIRST_VIEW));
            bySeries(history.points(id, shown)).values().forEach(points -> {
                List<Integer> near = levelChanges(metric.get(), points);
                if (!near.isEmpty()) {
                    ArrayNode builds = series.addObject()
                            .put("name", points.get(0).name())
                            .put("scenario", points.get(0).scenario())
                            .putArray("builds");
                    near.forEach(builds::add);
                }
            });
        }
        return root;
    }

    private static List<Integer> levelChanges(Metric metric, List<HistoryPoint> points) {
        if (points.size() < Trend.FEWEST_FOR_CHANGE_POINTS) {
            return List.of();
        }
        boolean ratios = metric.scale() == Metric.Scale.LOGARITHMIC;
        double[] medians = points.stream()
                .mapToDouble(HistoryPoint::median)
                .map(median -> ratios ? Math.log(Math.max(median, 1e-6)) : median)
                .toArray();
        return ChangePoints.ofBuilds().in(medians).stream()
                .map(index -> points.get(index).build())
                .toList();
    }

    private static Set<Integer> builds(List<HistoryEntry> runs) {
        Set<Integer> builds = new LinkedHashSet<>();
        runs.forEach(run -> builds.add(run.build()));
        return builds;
    }

    private static Map<String, List<HistoryPoint>> bySeries(List<HistoryPoint> points) {
        Map<String, List<HistoryPoint>> series = new LinkedHashMap<>();
        for (HistoryPoint point : points) {
            series.computeIfAbsent(point.name() + "\t" + point.scenario(), key -> new ArrayList<>())
                    .add(point);
        }
        return series;
    }

    /** At most {@link #MOST_POINTS}: of each stretch the build with the worst median. */
    static List<HistoryPoint> thinned(List<HistoryPoint> points, Metric.Better better) {
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        Comparator<HistoryPoint> byMedian = Comparator.comparingDouble(HistoryPoint::median);
        Comparator<HistoryPoint> badness = better == Metric.Better.HIGHER ? byMedian.reversed() : byMedian;
        List<HistoryPoint> thinned = new ArrayList<>();
        for (int i = 0; i < MOST_POINTS; i++) {
            int from = (int) ((long) points.size() * i / MOST_POINTS);
            int to = (int) ((long) points.size() * (i + 1) / MOST_POINTS);
            thinned.add(Collections.max(points.subList(from, to), badness));
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
