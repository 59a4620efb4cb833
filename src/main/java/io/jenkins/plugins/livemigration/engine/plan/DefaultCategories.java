package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The categories that hold where a plan names none. They label values and gate nothing. The printed tables have gaps and
 * integer edges; here each class ends where the next one begins. docs/plan.md prints the tables.
 */
public final class DefaultCategories {
    private static final String GUSTAFSSON =
            "E. Gustafsson, Optimizing Total Migration Time in Virtual Machine Live Migration, Uppsala University, 2013, "
                    + "as printed in later theses";
    private static final String CONTAINERS = "this project: what moving small and large containers takes";
    private static final double SECOND = 1000;

    private static final List<String> CLASSES = List.of("very good", "good", "bad", "very bad");
    private static final List<String> MIGRATION_TIMES =
            List.of("migrationTime.platform", "migrationTime.service", "migrationTime.published");
    private static final List<String> DOWNTIMES =
            List.of("downtime.reported", "downtime.observed", "downtime.published");

    private static final Map<String, CategoryEdges> VIRTUAL_MACHINES = virtualMachines();
    private static final Map<String, CategoryEdges> PODMAN = containers();

    private DefaultCategories() {}

    /** The categories for virtual machines, by metric id. */
    public static Map<String, CategoryEdges> all() {
        return VIRTUAL_MACHINES;
    }

    /**
     * The categories for what one driver moves, by metric id. A container moved by checkpoint and restore cannot reach the
     * better classes of a virtual machine: {@code podman} has edges of its own for migration time and downtime. All other
     * drivers, also those that are not known here, have those for virtual machines.
     *
     * @param driver the driver's key in plans
     */
    public static Map<String, CategoryEdges> ofDriver(String driver) {
        return driver.equals("podman") ? PODMAN : VIRTUAL_MACHINES;
    }

    private static Map<String, CategoryEdges> virtualMachines() {
        Map<String, CategoryEdges> all = new LinkedHashMap<>();
        putAll(all, MIGRATION_TIMES, edges(GUSTAFSSON, CLASSES, 31 * SECOND, 81 * SECOND, 151 * SECOND));
        putAll(all, DOWNTIMES, edges(GUSTAFSSON, CLASSES, 11, 61, 100));
        for (Metric metric : Metrics.all()) {
            PublishedTables.tiphon(metric).ifPresent(edges -> all.put(metric.id(), edges));
        }
        return Collections.unmodifiableMap(all);
    }

    /**
     * The edges come from what was measured on the local lab. Downtime: below 300 ms only Podman's own checkpoint (110 ms)
     * and restore (105 ms) fit; a small container with its transfer takes 0.4-0.6 s, and 1 s is also when a client repeats
     * its first SYN; 256 MB of memory take 2-3 s, and 3 s is when the SYN is repeated again. Migration time: a small
     * container without volumes, one with some hundred MB, and one with gigabytes or over a slow link.
     */
    private static Map<String, CategoryEdges> containers() {
        Map<String, CategoryEdges> all = new LinkedHashMap<>(VIRTUAL_MACHINES);
        putAll(all, MIGRATION_TIMES, edges(CONTAINERS, CLASSES, 2 * SECOND, 10 * SECOND, 30 * SECOND));
        putAll(all, DOWNTIMES, edges(CONTAINERS, CLASSES, 300, SECOND, 3 * SECOND));
        return Collections.unmodifiableMap(all);
    }

    private static void putAll(Map<String, CategoryEdges> all, List<String> metrics, CategoryEdges edges) {
        metrics.forEach(metric -> all.put(metric, edges));
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
