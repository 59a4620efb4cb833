package io.jenkins.plugins.livemigration.engine.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects all mistakes of a document. The same mistake is kept once: what several scenarios inherit is read several
 * times.
 */
final class Mistakes {
    private final Set<PlanMistake> found = new LinkedHashSet<>();

    void add(PlanNode node, Fault fault) {
        add(node.path(), node.line(), fault);
    }

    void add(String path, Optional<Integer> line, Fault fault) {
        found.add(new PlanMistake(path, fault.what(), fault.remedy(), line));
    }

    boolean none() {
        return found.isEmpty();
    }

    /** All, by line; those without a line first, in the order in which they were found. */
    List<PlanMistake> all() {
        List<PlanMistake> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(mistake -> mistake.line().orElse(0)));
        return sorted;
    }
}
