package io.jenkins.plugins.livemigration.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan.Directions;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan.HostKey;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes a plan in the plan's own keys, with every default written out: reading it again gives the same plan. It goes into
 * the journal, so that a run can be understood and evaluated anew without the file that it was started from.
 */
public final class PlanRendering {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlanRendering() {}

    /** The whole plan. */
    public static ObjectNode render(BenchmarkPlan plan) {
        ObjectNode root = NODES.objectNode();
        root.put("name", plan.name());
        ObjectNode hosts = root.putObject("hosts");
        plan.hosts().forEach((name, host) -> hosts.set(name, host(host)));
        List<ObjectNode> scenarios =
                plan.scenarios().stream().map(ScenarioRendering::render).toList();
        root.set("driver", ScenarioRendering.commonDriver(scenarios));
        root.put("samples", plan.samples());
        root.put("warmup", plan.warmup());
        root.put("directions", directions(plan.directions()));
        root.put("pause", Quantities.text(plan.pause()));
        root.put("freshStart", plan.freshStart());
        root.putArray("scenarios").addAll(scenarios);
        root.set("window", window(plan.window()));
        root.put("sampleTimeout", Quantities.text(plan.sampleTimeout()));
        root.put("stopAfterFailures", plan.stopAfterFailures());
        root.put("waitForWorkload", Quantities.text(plan.waitForWorkload()));
        root.set("categories", categories(plan.categories()));
        ArrayNode thresholds = root.putArray("thresholds");
        plan.thresholds().forEach(threshold -> thresholds.add(threshold(threshold)));
        root.putObject("output").put("directory", plan.output().directory());
        root.set("regression", regression(plan.regression()));
        if (!plan.captures().isEmpty()) {
            ArrayNode captures = root.putArray("capture");
            plan.captures().forEach(capture -> captures.add(capture(capture)));
        }
        root.set("confirm", plan.confirm().<JsonNode>map(PlanRendering::confirm).orElse(NODES.textNode("none")));
        root.put("calibrate", plan.calibrate());
        return root;
    }

    private static ObjectNode confirm(ConfirmPlan confirm) {
        ObjectNode node = NODES.objectNode().put("samples", confirm.samples());
        if (confirm.freshStart() instanceof ConfirmPlan.FreshStart.Commands afresh) {
            ArrayNode commands = node.putObject("freshStart").putArray("commands");
            afresh.commands().forEach(command -> commands.add(ScenarioRendering.command(command)));
            return node;
        }
        boolean workload = confirm.freshStart() instanceof ConfirmPlan.FreshStart.Workload;
        return node.put("freshStart", workload ? "workload" : "none");
    }

    private static ObjectNode capture(CapturePlan capture) {
        ObjectNode node = NODES.objectNode().put("on", capture.on()).put("interface", capture.device());
        capture.filter().ifPresent(filter -> node.put("filter", filter));
        return node.put("snapLength", capture.snapLength()).put("megabytes", capture.megabytes());
    }

    private static ObjectNode regression(RegressionPlan regression) {
        ObjectNode node = NODES.objectNode().put("window", regression.window());
        regression.mustFind().ifPresent(fraction -> node.put("mustFind", percent(fraction)));
        ObjectNode changes = node.putObject("relevantChanges");
        new TreeMap<>(regression.relevantChanges()).forEach((metric, change) -> {
            Unit unit = Metrics.find(metric).orElseThrow().unit();
            changes.putObject(metric)
                    .put("relative", percent(change.relative()))
                    .put("absolute", Quantities.text(change.absolute(), unit));
        });
        ObjectNode floors = node.putObject("noiseFloors");
        new TreeMap<>(regression.noiseFloors()).forEach((id, floor) -> {
            Metric metric = Metrics.find(id).orElseThrow();
            floors.put(
                    id,
                    metric.scale() == Metric.Scale.LOGARITHMIC
                            ? percent(floor)
                            : Quantities.text(floor, metric.unit()));
        });
        ArrayNode facts = node.putArray("fixedFacts");
        new TreeSet<>(regression.fixedFacts()).forEach(facts::add);
        if (!regression.baseline().isEmpty()) {
            regression.baseline().forEach(node.putArray("baseline")::add);
        }
        if (!regression.golden().isEmpty()) {
            regression.golden().forEach(node.putArray("golden")::add);
        }
        return node;
    }

    private static String percent(double fraction) {
        return Quantities.text(BigDecimal.valueOf(fraction).movePointRight(2).doubleValue(), Unit.PERCENT);
    }

    static String directions(Directions directions) {
        return directions == Directions.ONE_WAY ? "one-way" : "to-and-fro";
    }

    static ObjectNode window(WindowPlan window) {
        return NODES.objectNode()
                .put("before", Quantities.text(window.before()))
                .put("after", Quantities.text(window.after()));
    }

    private static ObjectNode host(HostPlan host) {
        ObjectNode node = NODES.objectNode().put("address", host.address());
        if (host.local()) {
            return node;
        }
        node.put("port", host.port()).put("user", host.user());
        host.credentials().ifPresent(name -> node.put("credentials", name));
        host.identityFile().ifPresent(file -> node.put("identityFile", file));
        if (host.hostKey() instanceof HostKey.KnownHosts known) {
            node.put("knownHosts", known.file());
        } else if (host.hostKey() instanceof HostKey.Fingerprint fingerprint) {
            node.put("hostKey", fingerprint.sha256());
        } else {
            node.put("insecure", true);
        }
        host.jump().ifPresent(name -> node.put("jump", name));
        return node.put("connectTimeout", Quantities.text(host.connectTimeout()))
                .put("keepAlive", Quantities.text(host.keepAlive()));
    }

    private static ObjectNode categories(Map<String, CategoryEdges> categories) {
        ObjectNode node = NODES.objectNode();
        categories.forEach((metric, edges) -> {
            Unit unit = Metrics.find(metric).orElseThrow().unit();
            ObjectNode category = node.putObject(metric);
            ArrayNode classes = category.putArray("classes");
            for (CategoryEdges.Edge edge : edges.classes()) {
                ObjectNode item = classes.addObject().put("name", edge.name());
                if (!Double.isInfinite(edge.below())) {
                    item.put("below", Quantities.text(edge.below(), unit));
                }
            }
            if (!edges.source().isEmpty()) {
                category.put("source", edges.source());
            }
        });
        return node;
    }

    private static ObjectNode threshold(Threshold threshold) {
        ObjectNode node = NODES.objectNode().put("metric", threshold.metric());
        node.put("of", threshold.of().name().toLowerCase(Locale.ROOT));
        threshold.scenario().ifPresent(name -> node.put("scenario", name));
        if (threshold.unstable().isPresent()) {
            node.put("unstable", threshold.unstableText());
        }
        if (threshold.fail().isPresent()) {
            node.put("fail", threshold.failText());
        }
        return node;
    }
}
