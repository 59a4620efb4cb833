package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.BenjaminiHochberg;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.CliffsDelta;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.HodgesLehmann;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.MannWhitney;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two or more runs side by side: tunings, versions. Each is compared with the first, sample by sample, the directions'
 * usual difference taken out.
 *
 * <p>The comparison knows the variation within each run alone. Whatever moved a whole run (a boot, a day) looks like a
 * difference between them: only several builds of each can tell.
 *
 * @param labels of the runs, the reference first
 */
public record ResultComparison(List<String> labels, List<ComparedFigure> figures) {
    /** A difference with a smaller q-value is more than the noise within the runs explains. */
    public static final double LEVEL = 0.05;

    private static final double CONFIDENCE = 0.95;

    public ResultComparison {
        labels = List.copyOf(labels);
        figures = List.copyOf(figures);
    }

    /** A run under the name that the reader gave it. */
    public record Named(String label, RunResult run) {
        /** The scenarios of one run, as if each had been measured alone, under one common name. */
        public static List<Named> scenarios(RunResult run, List<String> names) {
            return names.stream().map(name -> new Named(name, alone(run, name))).toList();
        }

        private static RunResult alone(RunResult run, String scenario) {
            return new RunResult(
                    run.name(),
                    run.runId(),
                    run.engineVersion(),
                    run.plan(),
                    run.startedAt(),
                    run.endedAt(),
                    run.end(),
                    run.environment(),
                    run.clocks(),
                    run.findings(),
                    run.notes(),
                    run.samples().stream()
                            .filter(sample -> sample.scenario().equals(scenario))
                            .map(sample -> renamed(sample, run.name()))
                            .toList());
        }

        private static Sample renamed(Sample sample, String scenario) {
            return new Sample(
                    sample.order(),
                    scenario,
                    sample.direction(),
                    sample.number(),
                    sample.warmup(),
                    sample.from(),
                    sample.to(),
                    sample.requestedAt(),
                    sample.overheadMillis(),
                    sample.outcome(),
                    sample.figures(),
                    sample.phases(),
                    sample.marks(),
                    sample.probes(),
                    sample.state(),
                    sample.evidence());
        }
    }

    /**
     * One metric of one scenario.
     *
     * @param entries one per run, in their order; empty where a run does not have it
     */
    public record ComparedFigure(String scenario, String metric, List<Optional<Entry>> entries) {
        public ComparedFigure {
            entries = List.copyOf(entries);
        }
    }

    /**
     * What one run says.
     *
     * @param median in the metric's unit, the directions' usual difference taken out
     * @param difference from the first run; absent for the first and where it has no value
     */
    public record Entry(int n, double median, Optional<Difference> difference) {}

    /**
     * How a run differs from the first.
     *
     * @param ratio whether the change is a ratio (else a difference)
     * @param change the Hodges-Lehmann estimate
     * @param lower end of its exact 95 % confidence interval; absent where there are too few samples for one
     * @param upper end of it
     * @param atMost the change is at most this with a confidence of 95 %, one-sided; absent like the interval
     * @param p two-sided, of the Mann-Whitney test
     * @param q adjusted for all figures and runs of the comparison
     * @param delta Cliff's delta, positive where this run has the greater values
     * @param real whether it differs by more than the noise within the runs explains (q below 5 %) and by enough to matter
     * @param better whether it is the better one, by the metric's direction
     */
    public record Difference(
            boolean ratio,
            double change,
            Optional<Double> lower,
            Optional<Double> upper,
            Optional<Double> atMost,
            double p,
            double q,
            double delta,
            boolean real,
            boolean better) {
        Difference adjusted(double adjusted, boolean matters) {
            return new Difference(
                    ratio, change, lower, upper, atMost, p, adjusted, delta, matters && adjusted < LEVEL, better);
        }
    }

    /**
     * Compares runs in all metrics.
     *
     * @param runs at least two, the reference first
     */
    public static ResultComparison of(List<Named> runs, RegressionPlan plan) {
        return of(runs, plan, Metrics.all());
    }

    /**
     * Compares runs.
     *
     * @param runs at least two, the reference first
     * @param metrics the q-values count the figures of these
     */
    public static ResultComparison of(List<Named> runs, RegressionPlan plan, Collection<Metric> metrics) {
        if (runs.size() < 2) {
            throw new IllegalArgumentException("a comparison needs two runs");
        }
        Set<String> scenarios = new LinkedHashSet<>();
        runs.forEach(run -> scenarios.addAll(run.run().scenarios()));
        List<ComparedFigure> figures = new ArrayList<>();
        List<Double> p = new ArrayList<>();
        for (String scenario : scenarios) {
            for (Metric metric : metrics) {
                List<Optional<BuildFigure>> values = runs.stream()
                        .map(run -> BuildFigures.figure(run.run(), scenario, metric))
                        .toList();
                if (values.stream().anyMatch(Optional::isPresent)) {
                    figures.add(compare(scenario, metric, values, plan, p));
                }
            }
        }
        double[] q = BenjaminiHochberg.adjust(
                p.stream().mapToDouble(Double::doubleValue).toArray());
        return new ResultComparison(runs.stream().map(Named::label).toList(), adjust(figures, q));
    }

    private static ComparedFigure compare(
            String scenario, Metric metric, List<Optional<BuildFigure>> values, RegressionPlan plan, List<Double> p) {
        FigureScale scale =
                new FigureScale(metric, RegressionRule.rules(plan, metric).change());
        Alignment alignment =
                Alignment.of(values.stream().flatMap(Optional::stream).toList(), scale);
        Optional<double[]> reference = values.get(0).map(alignment::aligned);
        List<Optional<Entry>> entries = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Optional<Difference> difference = i == 0
                    ? Optional.empty()
                    : values.get(i)
                            .map(alignment::aligned)
                            .flatMap(own -> reference.map(first -> difference(own, first, scale, metric)));
            difference.ifPresent(found -> p.add(found.p()));
            entries.add(values.get(i)
                    .map(figure -> new Entry(figure.n(), scale.value(alignment.centre(figure)), difference)));
        }
        return new ComparedFigure(scenario, metric.id(), entries);
    }

    private static Difference difference(double[] own, double[] first, FigureScale scale, Metric metric) {
        HodgesLehmann shift = HodgesLehmann.shift(own, first, CONFIDENCE);
        boolean bounded = Double.isFinite(shift.lower());
        double one = scale.change(shift.lower());
        double other = scale.change(shift.upper());
        HodgesLehmann oneSided = HodgesLehmann.shift(own, first, 2 * CONFIDENCE - 1);
        double bound = Math.max(scale.change(oneSided.lower()), scale.change(oneSided.upper()));
        return new Difference(
                scale.logarithmic(),
                scale.change(shift.shift()),
                bounded ? Optional.of(Math.min(one, other)) : Optional.empty(),
                bounded ? Optional.of(Math.max(one, other)) : Optional.empty(),
                Double.isFinite(oneSided.lower()) ? Optional.of(bound) : Optional.empty(),
                MannWhitney.p(own, first),
                1,
                scale.sign() * CliffsDelta.of(own, first),
                matters(shift.shift(), first, scale),
                metric.better() != Metric.Better.NEITHER && shift.shift() < 0);
    }

    /** A change that matters, for the worse or, seen from the other side, for the better. */
    private static boolean matters(double shift, double[] first, FigureScale scale) {
        double level = HodgesLehmann.shift(first, new double[] {0}, CONFIDENCE).shift();
        return scale.relevant(Math.min(level, level + shift), Math.max(level, level + shift));
    }

    private static List<ComparedFigure> adjust(List<ComparedFigure> figures, double[] q) {
        List<ComparedFigure> adjusted = new ArrayList<>();
        int next = 0;
        for (ComparedFigure figure : figures) {
            List<Optional<Entry>> entries = new ArrayList<>();
            for (Optional<Entry> entry : figure.entries()) {
                if (entry.isPresent() && entry.get().difference().isPresent()) {
                    Difference difference = entry.get().difference().get();
                    entries.add(Optional.of(new Entry(
                            entry.get().n(),
                            entry.get().median(),
                            Optional.of(difference.adjusted(q[next++], difference.real())))));
                } else {
                    entries.add(entry);
                }
            }
            adjusted.add(new ComparedFigure(figure.scenario(), figure.metric(), entries));
        }
        return adjusted;
    }
}
