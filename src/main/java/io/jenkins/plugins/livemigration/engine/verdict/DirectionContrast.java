package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.MannWhitney;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.statistics.descriptive.Median;

/**
 * How the way out differs from the way back. A figure over both hides such a difference, which unequal hosts cause, or two
 * hosts' clocks where a metric subtracts them.
 *
 * @param scenario the scenario; a name ending in {@code /*} stands for all scenarios that begin so
 * @param metric in whose unit the values are
 * @param p two-sided p-value of the Mann-Whitney test; informs, and judges nothing
 */
public record DirectionContrast(
        String scenario,
        String metric,
        int outCount,
        int backCount,
        double outMean,
        double backMean,
        double outMedian,
        double backMedian,
        double p) {
    /** The smallest p-value that five samples a direction can have is just below it. */
    private static final double DISTINCT = 0.01;

    private static final int FEWEST = 3;

    /** Whether the directions differ by more than chance explains. */
    public boolean distinct() {
        return p < DISTINCT;
    }

    /**
     * The contrasts of a run in one metric, for every scenario with at least three values in each direction, and for
     * every group of such scenarios whose names share what stands before a slash.
     */
    public static List<DirectionContrast> of(RunResult result, Metric metric) {
        List<DirectionContrast> contrasts = new ArrayList<>();
        Set<String> groups = new LinkedHashSet<>();
        for (String scenario : result.scenarios()) {
            contrast(result, metric, scenario, scenario::equals).ifPresent(contrasts::add);
            int slash = scenario.indexOf('/');
            if (slash > 0) {
                groups.add(scenario.substring(0, slash + 1));
            }
        }
        for (String group : groups) {
            long members = result.scenarios().stream()
                    .filter(name -> name.startsWith(group))
                    .count();
            if (members > 1) {
                contrast(result, metric, group + "*", name -> name.startsWith(group))
                        .ifPresent(contrasts::add);
            }
        }
        return contrasts;
    }

    private static Optional<DirectionContrast> contrast(
            RunResult result, Metric metric, String label, Predicate<String> scenarios) {
        double[] out = values(result, metric, scenarios, Direction.OUT);
        double[] back = values(result, metric, scenarios, Direction.BACK);
        if (out.length < FEWEST || back.length < FEWEST) {
            return Optional.empty();
        }
        Median median = Median.withDefaults();
        return Optional.of(new DirectionContrast(
                label,
                metric.id(),
                out.length,
                back.length,
                Arrays.stream(out).average().orElseThrow(),
                Arrays.stream(back).average().orElseThrow(),
                median.evaluate(out.clone()),
                median.evaluate(back.clone()),
                MannWhitney.p(out, back)));
    }

    private static double[] values(RunResult result, Metric metric, Predicate<String> scenarios, Direction direction) {
        return result.samples().stream()
                .filter(Sample::counts)
                .filter(sample -> sample.direction() == direction && scenarios.test(sample.scenario()))
                .flatMap(sample -> sample.figure(metric).flatMap(figure -> figure.amount()).stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
