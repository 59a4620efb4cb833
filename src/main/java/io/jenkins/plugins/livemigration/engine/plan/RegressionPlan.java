package io.jenkins.plugins.livemigration.engine.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a run is compared with its baseline.
 *
 * @param window so many comparable builds at most, the newest ones
 * @param relevantChanges by metric id, where they differ from the metric's usual one
 * @param noiseFloors by metric id: standard deviation between builds that is taken at least, as a fraction on a
 *     logarithmic scale and else in the metric's unit; a calibration writes them
 * @param mustFind relative change that a PASS must have been able to find; the metric's relevant change if absent
 * @param fixedFacts facts about hosts that make builds incomparable when they differ; all others may be under test
 * @param baseline paths of results to compare with, instead of the earlier runs beside the run; none as a rule
 * @param golden paths of pinned results against which slow creep shows
 */
public record RegressionPlan(
        int window,
        Map<String, RelevantChange> relevantChanges,
        Map<String, Double> noiseFloors,
        Optional<Double> mustFind,
        Set<String> fixedFacts,
        List<String> baseline,
        List<String> golden) {
    /**
     * A window of ten builds, the metrics' usual relevant changes, and processors and network cards fixed. Not the memory:
     * a kernel reports its total less what it takes itself, so a new kernel would look like another host.
     */
    public static final RegressionPlan DEFAULT = new RegressionPlan(
            10, Map.of(), Map.of(), Optional.empty(), Set.of("architecture", "cpu", "cpus", "nic", "nicSpeed"));

    /** Settings that name no results. */
    public RegressionPlan(
            int window,
            Map<String, RelevantChange> relevantChanges,
            Map<String, Double> noiseFloors,
            Optional<Double> mustFind,
            Set<String> fixedFacts) {
        this(window, relevantChanges, noiseFloors, mustFind, fixedFacts, List.of(), List.of());
    }

    public RegressionPlan {
        relevantChanges = Map.copyOf(relevantChanges);
        noiseFloors = Map.copyOf(noiseFloors);
        fixedFacts = Set.copyOf(fixedFacts);
        baseline = List.copyOf(baseline);
        golden = List.copyOf(golden);
    }
}
