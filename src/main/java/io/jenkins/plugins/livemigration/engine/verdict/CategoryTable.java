package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import java.util.List;
import java.util.Optional;

/**
 * Sorts values of one metric into its categories. Intervals are half-open: an edge belongs to the class above it. A value
 * whose resolution reaches across an edge is marked and takes the worse class.
 */
public final class CategoryTable {
    private final CategoryEdges edges;
    private final boolean lowerIsBetter;

    /** The categories of {@code metric}; a metric of which neither way is better is treated as lower is better. */
    public CategoryTable(CategoryEdges edges, Metric.Better better) {
        if (edges.classes().isEmpty()) {
            throw new IllegalArgumentException("categories without a class");
        }
        this.edges = edges;
        this.lowerIsBetter = better != Metric.Better.HIGHER;
    }

    /** The class of a value that is known exactly. */
    public Placement place(double value) {
        return place(value, value);
    }

    /** The class of a value that lies between two bounds; the upper one may be infinite. */
    public Placement place(double lower, double upper) {
        int low = indexOf(lower);
        int high = indexOf(upper);
        CategoryEdges.Edge edge = edges.classes().get(lowerIsBetter ? high : low);
        return new Placement(edge.name(), low != high, rank(lowerIsBetter ? high : low));
    }

    /** The class of a figure; a lower bound only takes the worst class that the true value may have. */
    public Optional<Placement> place(Figure figure) {
        if (figure instanceof Figure.Measured measured) {
            return Optional.of(place(measured.lower(), measured.upper()));
        }
        if (figure instanceof Figure.AtLeast atLeast) {
            return Optional.of(place(atLeast.value(), Double.POSITIVE_INFINITY));
        }
        return Optional.empty();
    }

    /** The classes, in ascending order of value. */
    public List<CategoryEdges.Edge> classes() {
        return edges.classes();
    }

    /** How good the class at that index of {@link #classes()} is, 0 for the best. */
    public int rank(int index) {
        return lowerIsBetter ? index : edges.classes().size() - 1 - index;
    }

    private int indexOf(double value) {
        List<CategoryEdges.Edge> classes = edges.classes();
        for (int i = 0; i < classes.size() - 1; i++) {
            if (value < classes.get(i).below()) {
                return i;
            }
        }
        return classes.size() - 1;
    }

    /**
     * Where a value belongs.
     *
     * @param straddles the value's resolution reaches across an edge; the worse class was taken
     * @param rank 0 for the best class
     */
    public record Placement(String category, boolean straddles, int rank) {}
}
