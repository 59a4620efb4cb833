package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Util;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.util.ArrayList;
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

    /**
     * A mapping under a name of somebody's choice.
     *
     * @throws IllegalArgumentException if the name was used before; says which
     */
    public static ObjectNode named(ObjectNode node, @Nullable String name) {
        String key = name == null ? "" : name;
        if (node.has(key)) {
            throw new IllegalArgumentException(Words.text("plan.twice", key));
        }
        return node.putObject(key);
    }

    /** A form sends an empty text for what was left empty. */
    public static @Nullable String given(@Nullable String text) {
        return Util.fixEmptyAndTrim(text);
    }

    /** A form sends an empty list for what was left empty. The list is the caller's own. */
    public static <T> @Nullable List<T> given(@Nullable List<T> list) {
        return list == null || list.isEmpty() ? null : new ArrayList<>(list);
    }
}
