package io.jenkins.plugins.livemigration.engine.verdict.regression;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which plans measure the same thing. What only judges, shows or authenticates does not matter; all else does, the number
 * of samples included, since the median of more samples is less noisy.
 */
public final class ComparablePlan {
    private static final Set<String> MEANINGLESS_AT_TOP =
            Set.of("categories", "thresholds", "regression", "output", "stopAfterFailures");
    private static final Set<String> MEANINGLESS_OF_HOST =
            Set.of("credentials", "identityFile", "hostKey", "knownHosts", "fingerprint", "keepAlive", "user");

    private ComparablePlan() {}

    /**
     * A digest that equals for plans that measure the same.
     *
     * @param plan as a result holds it, defaults written out
     */
    public static String digest(JsonNode plan) {
        StringBuilder canonical = new StringBuilder();
        append(plan, 0, false, canonical);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void append(JsonNode node, int depth, boolean withinHosts, StringBuilder out) {
        if (node.isObject()) {
            out.append('{');
            Set<String> keys = new TreeSet<>();
            node.fieldNames().forEachRemaining(keys::add);
            for (String key : keys) {
                boolean ofPlan = depth == 0 && MEANINGLESS_AT_TOP.contains(key);
                boolean ofHost = depth == 2 && withinHosts && MEANINGLESS_OF_HOST.contains(key);
                if (!ofPlan && !ofHost) {
                    out.append(key.length()).append(':').append(key).append('=');
                    append(node.get(key), depth + 1, withinHosts || (depth == 0 && key.equals("hosts")), out);
                }
            }
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            node.forEach(item -> {
                append(item, depth + 1, withinHosts, out);
                out.append(',');
            });
            out.append(']');
        } else {
            String text = node.asText();
            out.append(node.isTextual() ? 's' : 'v')
                    .append(text.length())
                    .append(':')
                    .append(text);
        }
    }
}
