package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.result.Direction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One metric of one scenario in one build, each direction for itself: like is compared with like.
 *
 * @param metric its id
 * @param directions with values, in the order of {@link Direction}
 */
public record BuildFigure(String scenario, String metric, List<DirectionFigure> directions) {
    public BuildFigure {
        directions = List.copyOf(directions);
    }

    /** Samples with a value, over all directions. */
    public int n() {
        int n = 0;
        for (DirectionFigure direction : directions) {
            n += direction.n();
        }
        return n;
    }

    /** The directions of which there are values. */
    public Set<Direction> covered() {
        Set<Direction> covered = EnumSet.noneOf(Direction.class);
        directions.forEach(direction -> covered.add(direction.direction()));
        return covered;
    }

    /** Whether the centre rests on a lower bound. */
    public boolean atLeast() {
        return directions.stream().anyMatch(DirectionFigure::atLeast);
    }

    /** Whether every direction's values are kept. */
    public boolean keepsValues() {
        for (DirectionFigure direction : directions) {
            if (direction.values().size() != direction.n()) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is the figure of that metric and scenario. */
    public boolean is(String otherScenario, String otherMetric) {
        return scenario.equals(otherScenario) && metric.equals(otherMetric);
    }
}
