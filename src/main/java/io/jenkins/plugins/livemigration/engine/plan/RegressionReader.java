package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code regression}. Fractions are written in percent. */
final class RegressionReader {
    private static final int MOST_BUILDS = 100;
    private static final int MOST_FACTS = 100;
    private static final int MOST_RESULTS = 100;
    private static final String PERCENT = "10 %";

    private final Mistakes mistakes;

    RegressionReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    RegressionPlan read(MapReader reader) {
        RegressionPlan usual = RegressionPlan.DEFAULT;
        int window = reader.whole("window", usual.window(), 3, MOST_BUILDS);
        Optional<Double> mustFind = fraction(reader, "mustFind");
        Map<String, RelevantChange> changes = new LinkedHashMap<>();
        reader.map("relevantChanges", "downtime.observed: {relative: 10 %, absolute: 20 ms}")
                .ifPresent(metrics -> metrics(metrics)
                        .forEach((id, metric) -> metrics.map(id, "{relative: 10 %}")
                                .flatMap(own -> change(own, metric))
                                .ifPresent(change -> changes.put(id, change))));
        Map<String, Double> floors = new LinkedHashMap<>();
        reader.map("noiseFloors", "downtime.observed: 3 %")
                .ifPresent(metrics -> metrics(metrics).forEach((id, metric) -> {
                    boolean ratio = metric.scale() == Metric.Scale.LOGARITHMIC;
                    Optional<Double> floor = ratio
                            ? fraction(metrics, id)
                            : amount(metrics, id, metric.unit()).map(BigDecimal::doubleValue);
                    floor.ifPresent(value -> floors.put(id, value));
                }));
        Set<String> facts = reader.has("fixedFacts")
                ? Set.copyOf(reader.texts("fixedFacts", MOST_FACTS, TextRules.LINE))
                : usual.fixedFacts();
        List<String> baseline = reader.texts("baseline", MOST_RESULTS, TextRules.PATH);
        List<String> golden = reader.texts("golden", MOST_RESULTS, TextRules.PATH);
        reader.end();
        return new RegressionPlan(window, changes, floors, mustFind, facts, baseline, golden);
    }

    private static Map<String, Metric> metrics(MapReader reader) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (String id : List.copyOf(reader.mapping().entries().keySet())) {
            reader.has(id);
            Metrics.find(id)
                    .ifPresentOrElse(
                            metric -> metrics.put(id, metric),
                            () -> reader.fault(id, CategoriesReader.unknownMetric(id)));
        }
        return metrics;
    }

    private Optional<RelevantChange> change(MapReader reader, Metric metric) {
        Optional<Double> relative = fraction(reader, "relative");
        Optional<Double> absolute = amount(reader, "absolute", metric.unit()).map(BigDecimal::doubleValue);
        reader.end();
        if (relative.orElse(0.0) + absolute.orElse(0.0) > 0) {
            return Optional.of(new RelevantChange(relative.orElse(0.0), absolute.orElse(0.0)));
        }
        if (!reader.has("relative") && !reader.has("absolute")) {
            reader.fault(new Fault(
                    Message.of("plan.noneOf", "relative, absolute"), Message.of("plan.addIt", "relative: 10 %")));
        } else if (relative.isPresent() || absolute.isPresent()) {
            reader.fault(new Fault(Message.of("plan.outOfRange", "0"), Message.of("plan.writeAmount", PERCENT)));
        }
        return Optional.empty();
    }

    private Optional<Double> fraction(MapReader reader, String key) {
        return amount(reader, key, Unit.PERCENT)
                .map(percent -> percent.movePointLeft(2).doubleValue());
    }

    private Optional<BigDecimal> amount(MapReader reader, String key, Unit unit) {
        Optional<PlanNode> node = reader.node(key);
        Optional<String> text = node.flatMap(CategoriesReader::number);
        Optional<BigDecimal> amount = text.flatMap(written -> Quantities.parse(written, unit));
        if (node.isPresent() && amount.isEmpty()) {
            String example = unit == Unit.PERCENT ? PERCENT : Quantities.example(unit);
            Message problem = text.map(written -> Quantities.isBareNumber(written)
                            ? Message.of("plan.noUnit", written, key)
                            : Message.of("plan.notAmount", Faults.shown(written), key))
                    .orElse(Message.of("plan.notText"));
            mistakes.add(node.get(), new Fault(problem, Message.of("plan.writeAmount", example)));
        }
        return amount;
    }
}
