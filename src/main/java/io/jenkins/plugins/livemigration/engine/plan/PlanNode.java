package io.jenkins.plugins.livemigration.engine.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan before anybody has understood it: values, each with its place. A value keeps the path under which it was
 * written, also after it was merged into something else, so that a mistake is reported where it was made.
 */
sealed interface PlanNode {
    /** The place in the plan's own keys; empty for the whole document. */
    String path();

    /** Line of the document, from 1. For a value behind a key it is the key's. */
    Optional<Integer> line();

    /** The same value at another place. */
    PlanNode at(String path, Optional<Integer> line);

    /** How many values it holds, itself included. */
    int size();

    /** How many levels lie below it. */
    int depth();

    /** The path of what stands behind {@code key} in a mapping at {@code path}. */
    static String child(String path, String key) {
        String shown = Faults.shown(key);
        return path.isEmpty() ? shown : path + "." + shown;
    }

    /** The path of an item of a list at {@code path}. */
    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** Keys and values, in the document's order. */
    record Mapping(String path, Optional<Integer> line, Map<String, PlanNode> entries) implements PlanNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public PlanNode at(String newPath, Optional<Integer> newLine) {
            Map<String, PlanNode> moved = new LinkedHashMap<>();
            entries.forEach((key, value) -> moved.put(key, value.at(child(newPath, key), value.line())));
            return new Mapping(newPath, newLine, moved);
        }

        @Override
        public int size() {
            return 1 + entries.values().stream().mapToInt(PlanNode::size).sum();
        }

        @Override
        public int depth() {
            return entries.values().stream()
                    .mapToInt(node -> node.depth() + 1)
                    .max()
                    .orElse(0);
        }
    }

    /** Values one after another. */
    record Sequence(String path, Optional<Integer> line, List<PlanNode> items) implements PlanNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public PlanNode at(String newPath, Optional<Integer> newLine) {
            List<PlanNode> moved = new ArrayList<>();
            for (PlanNode item : items) {
                moved.add(item.at(item(newPath, moved.size()), item.line()));
            }
            return new Sequence(newPath, newLine, moved);
        }

        @Override
        public int size() {
            return 1 + items.stream().mapToInt(PlanNode::size).sum();
        }

        @Override
        public int depth() {
            return items.stream().mapToInt(node -> node.depth() + 1).max().orElse(0);
        }
    }

    /**
     * A single value.
     *
     * @param text as it was written, without quotes
     */
    record Scalar(String path, Optional<Integer> line, Kind kind, String text) implements PlanNode {
        @Override
        public PlanNode at(String newPath, Optional<Integer> newLine) {
            return new Scalar(newPath, newLine, kind, text);
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public int depth() {
            return 0;
        }
    }

    /** What a single value is. */
    enum Kind {
        TEXT,
        WHOLE_NUMBER,
        DECIMAL,
        FLAG,
        NOTHING
    }
}
