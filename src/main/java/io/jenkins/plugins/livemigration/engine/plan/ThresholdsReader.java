package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges.Edge;
import io.jenkins.plugins.livemigration.engine.plan.Threshold.Of;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code thresholds}. */
final class ThresholdsReader {
    private static final String EXAMPLE = "{metric: downtime.observed, fail: 2 s}";
    private static final Map<String, Of> OF = new LinkedHashMap<>();

    static {
        OF.put("median", Of.MEDIAN);
        OF.put("worst", Of.WORST);
        OF.put("each", Of.EACH);
    }

    private final Mistakes mistakes;
    private final Map<String, CategoryEdges> categories;
    private final List<String> scenarios;

    ThresholdsReader(Mistakes mistakes, Map<String, CategoryEdges> categories, List<String> scenarios) {
        this.mistakes = mistakes;
        this.categories = categories;
        this.scenarios = scenarios;
    }

    List<Threshold> read(List<PlanNode> items) {
        List<Threshold> thresholds = new ArrayList<>();
        Set<List<Object>> subjects = new HashSet<>();
        for (PlanNode item : items) {
            Optional<MapReader> reader = MapReader.map(item, EXAMPLE, mistakes);
            if (reader.isEmpty()) {
                continue;
            }
            threshold(reader.get()).ifPresent(threshold -> {
                thresholds.add(threshold);
                if (!subjects.add(List.of(threshold.metric(), threshold.of(), threshold.scenario()))) {
                    mistakes.add(
                            item,
                            new Fault(
                                    Message.of("plan.duplicateThreshold", threshold.metric()),
                                    Message.of("plan.joinThresholds")));
                }
            });
            reader.get().end();
        }
        return thresholds;
    }

    private Optional<Threshold> threshold(MapReader reader) {
        reader.requireKey("metric", "metric: downtime.observed");
        Optional<Metric> metric =
                reader.text("metric", ThresholdsReader::judged).flatMap(Metrics::find);
        Of of = reader.choice("of", OF, Of.MEDIAN);
        Optional<String> scenario = reader.text("scenario", this::knownScenario);
        if (!reader.has("unstable") && !reader.has("fail")) {
            reader.fault(new Fault(Message.of("plan.noLimit"), Message.of("plan.addIt", "fail: 2 s")));
        }
        if (metric.isEmpty()) {
            return Optional.empty();
        }
        Optional<Limit> unstable = limit(reader, "unstable", metric.get());
        Optional<Limit> fail = limit(reader, "fail", metric.get());
        if (unstable.isPresent() && fail.isPresent() && beyond(metric.get(), unstable.get(), fail.get())) {
            reader.fault(
                    "unstable",
                    new Fault(
                            Message.of(
                                    "plan.unstableBeyondFail",
                                    unstable.get().text(),
                                    fail.get().text()),
                            Message.of("plan.swapLimits")));
        }
        return Optional.of(new Threshold(
                metric.get().id(),
                of,
                scenario,
                unstable.map(Limit::amount),
                fail.map(Limit::amount),
                unstable.map(Limit::text).orElse(""),
                fail.map(Limit::text).orElse("")));
    }

    private static boolean beyond(Metric metric, Limit unstable, Limit fail) {
        return metric.better() == Metric.Better.HIGHER
                ? unstable.amount() < fail.amount()
                : unstable.amount() > fail.amount();
    }

    private static Optional<Fault> judged(String id) {
        Optional<Metric> metric = Metrics.find(id);
        if (metric.isEmpty()) {
            return Optional.of(CategoriesReader.unknownMetric(id));
        }
        return metric.get().better() == Metric.Better.NEITHER
                ? Optional.of(new Fault(Message.of("plan.neverJudged", id), Message.of("plan.anotherMetric")))
                : Optional.empty();
    }

    private Optional<Fault> knownScenario(String name) {
        return scenarios.contains(name)
                ? Optional.empty()
                : Optional.of(new Fault(
                        Message.of("plan.unknownScenario", Faults.shown(name)), Faults.meant(name, scenarios)));
    }

    private Optional<Limit> limit(MapReader reader, String key, Metric metric) {
        Optional<PlanNode> node = reader.node(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> text = CategoriesReader.number(node.get());
        Optional<Double> amount =
                text.flatMap(written -> Quantities.parse(written, metric.unit()).map(BigDecimal::doubleValue));
        if (amount.isPresent()) {
            return Optional.of(new Limit(amount.get(), text.get()));
        }
        Optional<CategoryEdges> edges = Optional.ofNullable(categories.get(metric.id()));
        if (text.isPresent() && edges.isPresent()) {
            Optional<Limit> limit = category(reader, key, metric, text.get(), edges.get());
            if (limit.isPresent() || names(edges.get()).contains(text.get())) {
                return limit;
            }
        }
        Message remedy = edges.isPresent()
                ? Message.of(
                        "plan.writeAmountOrCategory",
                        Quantities.example(metric.unit()),
                        String.join(", ", names(edges.get())))
                : Message.of("plan.writeAmount", Quantities.example(metric.unit()));
        reader.fault(key, CategoriesReader.noAmount(node.get(), metric, remedy));
        return Optional.empty();
    }

    /**
     * The edge through which a value enters that class on its way to the worse: the lower one, or the upper one where
     * higher values are better.
     */
    private static Optional<Limit> category(
            MapReader reader, String key, Metric metric, String name, CategoryEdges edges) {
        int index = names(edges).indexOf(name);
        if (index < 0) {
            return Optional.empty();
        }
        List<Edge> classes = edges.classes();
        boolean higher = metric.better() == Metric.Better.HIGHER;
        if (index == (higher ? classes.size() - 1 : 0)) {
            reader.fault(key, new Fault(Message.of("plan.bestCategory", name), Message.of("plan.worseCategory")));
            return Optional.empty();
        }
        return Optional.of(new Limit(classes.get(higher ? index : index - 1).below(), name));
    }

    private static List<String> names(CategoryEdges edges) {
        return edges.classes().stream().map(Edge::name).toList();
    }

    private record Limit(double amount, String text) {}
}
