package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges.Edge;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code categories}, and metrics' names and amounts wherever they stand. */
final class CategoriesReader {
    private static final String EXAMPLE = "classes: [{name: good, below: 1 s}, {name: bad}]";

    private static final int MOST_CLASSES = 20;

    private final Mistakes mistakes;

    CategoriesReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** The plan's own categories by metric. */
    Map<String, CategoryEdges> read(MapReader categories) {
        Map<String, CategoryEdges> read = new LinkedHashMap<>();
        for (String id : categories.mapping().entries().keySet()) {
            categories.has(id);
            Optional<Metric> metric = Metrics.find(id);
            if (metric.isEmpty()) {
                categories.fault(id, unknownMetric(id));
                continue;
            }
            categories.map(id, EXAMPLE).ifPresent(reader -> {
                read.put(id, reader.has("table") ? table(reader, metric.get()) : own(reader, metric.get()));
                reader.end();
            });
        }
        return read;
    }

    private CategoryEdges own(MapReader reader, Metric metric) {
        String source = reader.text("source", TextRules.LINE).orElse("");
        return new CategoryEdges(classes(reader, metric), source);
    }

    /** A published table by its name; {@code tiphon-percent} needs the bandwidth of which it takes percentages. */
    private CategoryEdges table(MapReader reader, Metric metric) {
        Optional<String> name = reader.text(
                "table",
                text -> PublishedTables.NAMES.contains(text)
                        ? Optional.empty()
                        : Optional.of(Faults.notOneOf(text, PublishedTables.NAMES)));
        double available = 1;
        if (name.filter("tiphon-percent"::equals).isPresent()) {
            reader.requireKey("available", "available: 100 Mbit/s");
            available = reader.node("available")
                    .flatMap(node -> amount(node, metric))
                    .filter(amount -> amount > 0)
                    .orElse(1.0);
        }
        double bandwidth = available;
        Optional<CategoryEdges> edges = name.flatMap(table -> PublishedTables.find(table, metric, bandwidth));
        if (name.isPresent() && edges.isEmpty()) {
            reader.fault(
                    "table",
                    new Fault(
                            Message.of("plan.tableNotForMetric", name.get(), metric.id()),
                            Message.of("plan.writeClasses", EXAMPLE)));
        }
        return edges.orElseGet(() -> new CategoryEdges(List.of(), ""));
    }

    private List<Edge> classes(MapReader reader, Metric metric) {
        reader.requireKey("classes", EXAMPLE);
        List<PlanNode> items = reader.list("classes", MOST_CLASSES);
        if (items.size() == 1 || (items.isEmpty() && reader.node("classes").isPresent())) {
            reader.fault(
                    "classes", new Fault(Message.of("plan.tooFewClasses"), Message.of("plan.addClasses", EXAMPLE)));
        }
        List<Edge> classes = new ArrayList<>();
        double lower = 0;
        for (int i = 0; i < items.size(); i++) {
            Optional<MapReader> item = MapReader.map(items.get(i), "{name: good, below: 1 s}", mistakes);
            if (item.isEmpty()) {
                continue;
            }
            MapReader edge = item.get();
            String name = edge.requiredText("name", "name: good", TextRules.TITLE);
            if (classes.stream().anyMatch(other -> other.name().equals(name) && !name.isEmpty())) {
                edge.fault("name", Faults.duplicate(name));
            }
            double below = i == items.size() - 1 ? last(edge) : upperEdge(edge, metric, lower);
            edge.end();
            classes.add(new Edge(name, below));
            lower = Double.isInfinite(below) ? lower : below;
        }
        return classes;
    }

    private static double last(MapReader edge) {
        if (edge.has("below")) {
            edge.fault("below", new Fault(Message.of("plan.lastClassIsOpen"), Message.of("plan.leaveItOut")));
        }
        return Double.POSITIVE_INFINITY;
    }

    private double upperEdge(MapReader edge, Metric metric, double lower) {
        edge.requireKey("below", "below: " + Quantities.example(metric.unit()));
        Optional<Double> below = edge.node("below").flatMap(node -> amount(node, metric));
        if (below.isPresent() && below.get() <= lower) {
            edge.fault(
                    "below",
                    new Fault(
                            Message.of("plan.notAscending", Quantities.text(lower, metric.unit())),
                            Message.of("plan.orderClasses")));
        }
        return below.orElse(Double.POSITIVE_INFINITY);
    }

    /** An amount of the metric, with its unit. */
    private Optional<Double> amount(PlanNode node, Metric metric) {
        Optional<BigDecimal> amount = number(node).flatMap(text -> Quantities.parse(text, metric.unit()));
        if (amount.isEmpty()) {
            mistakes.add(
                    node, noAmount(node, metric, Message.of("plan.writeAmount", Quantities.example(metric.unit()))));
        }
        return amount.map(BigDecimal::doubleValue);
    }

    /** The text of a number, with or without a unit. */
    static Optional<String> number(PlanNode node) {
        if (node instanceof PlanNode.Scalar scalar
                && (scalar.kind() == PlanNode.Kind.TEXT
                        || scalar.kind() == PlanNode.Kind.WHOLE_NUMBER
                        || scalar.kind() == PlanNode.Kind.DECIMAL)) {
            return Optional.of(scalar.text());
        }
        return Optional.empty();
    }

    static Fault noAmount(PlanNode node, Metric metric, Message remedy) {
        Optional<String> text = number(node);
        if (text.isEmpty()) {
            return new Fault(Message.of("plan.notText"), remedy);
        }
        if (Quantities.isBareNumber(text.get())) {
            return new Fault(Message.of("plan.noUnit", text.get(), metric.id()), remedy);
        }
        return new Fault(Message.of("plan.notAmount", Faults.shown(text.get()), metric.id()), remedy);
    }

    static Fault unknownMetric(String id) {
        List<String> ids = Metrics.all().stream().map(Metric::id).toList();
        List<String> near = Suggestions.nearest(id, ids);
        return new Fault(
                Message.of("plan.unknownMetric", Faults.shown(id)),
                near.isEmpty()
                        ? Message.of("plan.possibleMetrics", String.join(", ", ids))
                        : Message.of("plan.didYouMean", String.join(", ", near)));
    }
}
