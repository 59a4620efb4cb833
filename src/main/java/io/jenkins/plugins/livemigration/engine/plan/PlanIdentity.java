package io.jenkins.plugins.livemigration.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells whether two runs measured the same thing, so that their results may be compared.
 *
 * <p>It covers what changes the figures: directions, fresh start, the observed window, and of every scenario its name,
 * driver, workload and probes. It leaves out what does not: the benchmark's name, how hosts are reached, how many samples
 * are taken and when a run gives up, the state check, the unmeasured way back, categories, thresholds and output. A host's
 * name is part of it, its address and software are not: those are what a team upgrades.
 */
public final class PlanIdentity {
    private static final List<String> NOT_COMPARED = List.of("returnBy", "state");

    private PlanIdentity() {}

    /** SHA-256 in hexadecimal digits, the same for plans that say the same in whatever order and notation. */
    public static String of(BenchmarkPlan plan) {
        ObjectNode compared = JsonNodeFactory.instance.objectNode();
        compared.put("directions", PlanRendering.directions(plan.directions()));
        compared.put("freshStart", plan.freshStart());
        compared.set("window", PlanRendering.window(plan.window()));
        ArrayNode scenarios = compared.putArray("scenarios");
        plan.scenarios().forEach(scenario -> {
            ObjectNode rendered = ScenarioRendering.render(scenario);
            scenarios.add(rendered.without(NOT_COMPARED));
        });
        return sha256(sorted(compared).toString());
    }

    /** The same with all keys in alphabetical order. */
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> keys = new TreeMap<>();
            object.properties().forEach(entry -> keys.put(entry.getKey(), sorted(entry.getValue())));
            ObjectNode ordered = JsonNodeFactory.instance.objectNode();
            keys.forEach(ordered::set);
            return ordered;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode ordered = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> ordered.add(sorted(item)));
            return ordered;
        }
        return node;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
