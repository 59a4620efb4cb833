package io.jenkins.plugins.livemigration.engine.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run: one validated document with every default filled in. docs/plan.md describes each key; the same key has the
 * same path in a plan file, in a step's parameters and here.
 *
 * @param name the benchmark's name; results of the same name are compared with each other
 * @param hosts hosts by the name that the rest of the plan uses
 * @param samples measured moves per scenario and direction
 * @param warmup unmeasured moves per scenario and direction, first
 * @param directions to and fro, or one way with a declared unmeasured return
 * @param pause between two samples
 * @param freshStart whether the workload is stopped and started anew before every sample
 * @param scenarios at least one; a plan without the key has one named {@code default}
 * @param window what is observed around each move
 * @param sampleTimeout after this long a migration is cancelled and recovered
 * @param stopAfterFailures so many failed samples in a row end the run
 * @param waitForWorkload how long to wait for a workload that another run holds; zero: not at all
 * @param categories edges by metric id, defaults where the plan says nothing
 * @param thresholds the limits that gate, in the plan's order
 * @param regression how the run is compared with its baseline
 * @param captures packet captures around each move; none, as a rule
 * @param confirm the second look at a suspected regression; empty if there shall be none
 * @param calibrate whether the run is known to be good and derives limits, instead of being compared
 */
public record BenchmarkPlan(
        String name,
        Map<String, HostPlan> hosts,
        int samples,
        int warmup,
        Directions directions,
        Duration pause,
        boolean freshStart,
        List<ScenarioPlan> scenarios,
        WindowPlan window,
        Duration sampleTimeout,
        int stopAfterFailures,
        Duration waitForWorkload,
        Map<String, CategoryEdges> categories,
        List<Threshold> thresholds,
        OutputPlan output,
        RegressionPlan regression,
        List<CapturePlan> captures,
        Optional<ConfirmPlan> confirm,
        boolean calibrate) {
    public BenchmarkPlan {
        hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
        scenarios = List.copyOf(scenarios);
        categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
        thresholds = List.copyOf(thresholds);
        captures = List.copyOf(captures);
    }

    /** Which moves are measured. */
    public enum Directions {
        TO_AND_FRO,
        ONE_WAY
    }
}
