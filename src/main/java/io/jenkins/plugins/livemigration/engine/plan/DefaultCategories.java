package io.jenkins.plugins.livemigration.engine.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The categories that hold where a plan names none. They label values and gate nothing. The printed tables have gaps and
 * integer edges; here each class ends where the next one begins.
 *
 * <p>They were drawn up for virtual machines: a container that is moved by checkpoint and restore cannot reach the better
 * downtime classes. docs/verdict.md prints the tables.
 */
public final class DefaultCategories {
    private static final String GUSTAFSSON =
            "E. Gustafsson, Optimizing Total Migration Time in Virtual Machine Live Migration, Uppsala University, 2013, "
                    + "as printed in later theses";
    private static final String TIPHON = "TIPHON tables as used in Indonesian theses";
    private static final double SECOND = 1000;
    /** The print's best jitter class is exactly 0 ms; a microsecond is what the clocks can tell from it. */
    private static final double ZERO_JITTER = 0.001;

    private static final Map<String, CategoryEdges> ALL = build();

    private DefaultCategories() {}

    /** The default categories by metric id. */
    public static Map<String, CategoryEdges> all() {
        return ALL;
    }

    private static Map<String, CategoryEdges> build() {
        Map<String, CategoryEdges> all = new LinkedHashMap<>();
        CategoryEdges migrationTime = edges(
                GUSTAFSSON, List.of("very good", "good", "bad", "very bad"), 31 * SECOND, 81 * SECOND, 151 * SECOND);
        all.put("migrationTime.platform", migrationTime);
        all.put("migrationTime.service", migrationTime);
        all.put("migrationTime.published", migrationTime);
        CategoryEdges downtime = edges(GUSTAFSSON, List.of("very good", "good", "bad", "very bad"), 11, 61, 100);
        all.put("downtime.reported", downtime);
        all.put("downtime.observed", downtime);
        all.put("downtime.published", downtime);
        List<String> grades = List.of("very good", "good", "fair", "poor");
        for (String part : List.of("before", "during", "after")) {
            all.put("delay.oneWay." + part, edges(TIPHON, grades, 150, 300, 450));
            all.put("spacing.mean." + part, edges(TIPHON, grades, 150, 300, 450));
            CategoryEdges jitter = edges(TIPHON, grades, ZERO_JITTER, 75, 125);
            all.put("jitter.rfc3550." + part, jitter);
            all.put("jitter.spacingVariation." + part, jitter);
            all.put("loss." + part, edges(TIPHON, grades, 3, 15, 25));
        }
        return Collections.unmodifiableMap(all);
    }

    private static CategoryEdges edges(String source, List<String> names, double first, double second, double third) {
        return new CategoryEdges(
                List.of(
                        new CategoryEdges.Edge(names.get(0), first),
                        new CategoryEdges.Edge(names.get(1), second),
                        new CategoryEdges.Edge(names.get(2), third),
                        new CategoryEdges.Edge(names.get(3), Double.POSITIVE_INFINITY)),
                source);
    }
}
