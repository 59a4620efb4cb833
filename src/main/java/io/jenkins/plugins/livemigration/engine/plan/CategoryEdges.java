package io.jenkins.plugins.livemigration.engine.plan;

import java.util.List;

/**
 * The categories of one metric as half-open intervals [a, b), in ascending order of value: a value belongs to the first
 * class whose {@code below} it is under, and to the last class if none. So the best class stands first where lower is
 * better, and last where higher is better.
 *
 * @param classes at least two; the last one's edge is infinite
 * @param source where the edges come from, for the reader
 */
public record CategoryEdges(List<Edge> classes, String source) {
    public CategoryEdges {
        classes = List.copyOf(classes);
    }

    /**
     * One class.
     *
     * @param name {@code very good}, {@code good}, ...
     * @param below upper edge in the metric's unit, exclusive; infinite for the last class
     */
    public record Edge(String name, double below) {}
}
