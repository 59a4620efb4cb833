package io.jenkins.plugins.livemigration.engine.verdict.regression;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanIdentity;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which results measured the same thing: those whose plans have the same {@link PlanIdentity}. What a result holds instead
 * of a plan (imported data), or a plan that this engine cannot read any more, equals only itself.
 */
public final class ComparablePlan {
    private ComparablePlan() {}

    /**
     * A digest that equals for plans that measure the same.
     *
     * @param plan as a result holds it
     */
    public static String digest(JsonNode plan) {
        return PlanParser.parse(plan) instanceof ParsedPlan.Valid valid
                ? PlanIdentity.of(valid.plan())
                : sha256(canonical(plan));
    }

    private static String canonical(JsonNode node) {
        if (!node.isObject()) {
            return node.toString();
        }
        Map<String, String> sorted = new TreeMap<>();
        node.properties().forEach(entry -> sorted.put(entry.getKey(), canonical(entry.getValue())));
        return sorted.toString();
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
