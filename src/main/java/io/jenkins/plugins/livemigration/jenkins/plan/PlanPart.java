package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Util;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what a form or a script gave into the plan's own keys. What was not given is left out. */
public final class PlanPart {
    private final ObjectNode node;

    public PlanPart(ObjectNode node) {
        this.node = node;
    }

    public PlanPart put(String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            node.put(key, value);
        }
        return this;
    }

    public PlanPart put(String key, @Nullable Integer value) {
        if (value != null) {
            node.put(key, value);
        }
        return this;
    }

    public PlanPart put(String key, @Nullable Boolean value) {
        if (value != null) {
            node.put(key, value);
        }
        return this;
    }

    public PlanPart put(String key, @Nullable List<String> values) {
        if (values != null && !values.isEmpty()) {
            ArrayNode list = node.putArray(key);
            values.forEach(list::add);
        }
        return this;
    }

    /** A form sends an empty text for what was left empty. */
    public static @Nullable String given(@Nullable String text) {
        return Util.fixEmptyAndTrim(text);
    }
}
