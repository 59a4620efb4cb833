package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.plan.PublishedTables;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.CategoryTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code qos.index.*}: the mean of TIPHON's indexes (4 very good ... 1 poor, throughput down to 0) of throughput, delay,
 * jitter and loss, as studies compute them: by the studies' own formulas of delay and jitter, since the table is theirs.
 * What was not measured is left out, and the figure's source says which indexes are in it. A pure function of the other
 * figures.
 */
final class QosIndex {
    private static final int BEST = 4;
    private static final List<String> OF = List.of("throughput", "spacing.mean", "jitter.spacingVariation", "loss");

    private QosIndex() {}

    /** Adds the indexes of all parts that have anything measured. */
    static void put(Map<String, Figure> figures) {
        for (String part : Metrics.PARTS) {
            index(figures, part).ifPresent(figure -> figures.put("qos.index." + part, figure));
        }
    }

    private static Optional<Figure> index(Map<String, Figure> figures, String part) {
        List<String> said = new ArrayList<>();
        double value = 0;
        double lower = 0;
        double upper = 0;
        for (String name : OF) {
            Metric metric = Metrics.find(name + "." + part).orElseThrow();
            Optional<CategoryEdges> edges = PublishedTables.tiphon(metric);
            if (edges.isPresent() && figures.get(metric.id()) instanceof Figure.Measured measured) {
                CategoryTable table = new CategoryTable(edges.get(), metric.better());
                double index = BEST - table.place(measured.value()).rank();
                double one = BEST - table.place(measured.lower()).rank();
                double other = BEST - table.place(measured.upper()).rank();
                value += index;
                lower += Math.min(one, other);
                upper += Math.max(one, other);
                said.add(name + " " + Math.round(index));
            }
        }
        int count = said.size();
        return count == 0
                ? Optional.empty()
                : Optional.of(new Figure.Measured(
                        value / count,
                        lower / count,
                        upper / count,
                        Optional.of(Message.of("engine.qosIndex", String.join(", ", said)))));
    }
}
