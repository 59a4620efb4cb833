package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.plan.RelevantChange;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.BenjaminiHochberg;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a run got worse than its baseline. A pure function of run, baseline and plan; docs/verdict.md derives
 * it.
 *
 * <p>A figure alarms if its build median lies above what the baseline's builds let expect ({@link FigureTest}) with a
 * q-value below the {@link AlarmLevels level}, and the change matters ({@link RelevantChange}). The q-values are those of
 * the primary family, which gates; all other figures are adjusted among themselves and inform.
 */
public final class RegressionRule {
    /** Between builds less noise than this is never believed, as a fraction. */
    static final double LEAST_NOISE = 0.01;

    private final RegressionPlan plan;
    private final AlarmLevels levels = AlarmLevels.USUAL;

    /** A rule with the plan's settings. */
    public RegressionRule(RegressionPlan plan) {
        this.plan = plan;
    }

    /** Compares a run with its baseline. */
    public RegressionReport judge(RunResult run, Baseline baseline) {
        List<FigureComparison> comparisons = new ArrayList<>();
        for (String scenario : run.scenarios()) {
            PrimaryFamily family = PrimaryFamily.of(run, scenario);
            for (Metric metric : Metrics.all()) {
                if (metric.better() != Metric.Better.NEITHER) {
                    BuildFigures.figure(run, scenario, metric)
                            .map(figure -> comparison(run, figure, metric, family.contains(metric), baseline))
                            .ifPresent(comparisons::add);
                }
            }
        }
        List<FigureVerdict> figures = new ArrayList<>(decide(comparisons, true));
        List<CreepFinding> creep = new CreepRule(plan).judge(run, baseline);
        List<EnvironmentChange> changes = baseline.newest()
                .map(newest -> EnvironmentChange.between(newest.environment(), run.environment()))
                .orElse(List.of());
        Status status = figures.stream()
                .map(figure -> figure.gates() ? figure.status() : Status.PASS)
                .max(Comparator.naturalOrder())
                .orElse(Status.INSUFFICIENT_BASELINE);
        Message sentence = Overall.sentence(status, figures, baseline, changes);
        figures.addAll(decide(comparisons, false));
        return new RegressionReport(
                status,
                sentence,
                figures,
                Failures.compare(run, baseline),
                creep,
                changes,
                baseline.builds().stream().map(BaselineBuild::label).toList(),
                baseline.skipped(),
                Notes.of(run, figures, baseline, changes, creep),
                Optional.empty());
    }

    private FigureComparison comparison(
            RunResult run, BuildFigure figure, Metric metric, boolean primary, Baseline baseline) {
        List<String> labels = new ArrayList<>();
        List<BuildFigure> figures = new ArrayList<>();
        for (BaselineBuild build : baseline.builds()) {
            boolean counts = baseline.acceptances().stream()
                    .filter(accepted -> accepted.covers(figure.scenario(), metric.id()))
                    .allMatch(accepted -> !build.startedAt().isBefore(accepted.from()));
            build.figure(figure.scenario(), metric.id())
                    .filter(other -> counts
                            && other.n() >= FigureComparison.FEWEST_SAMPLES
                            && other.covered().equals(figure.covered()))
                    .ifPresent(other -> {
                        labels.add(build.label());
                        figures.add(other);
                    });
        }
        int surplus = Math.max(0, figures.size() - plan.window());
        LocalDate day = run.startedAt().atZone(ZoneOffset.UTC).toLocalDate();
        Optional<Mute> mute = baseline.mutes().stream()
                .filter(candidate -> candidate.holds(metric.id(), day))
                .findFirst();
        return new FigureComparison(
                figure,
                metric,
                primary,
                rules(plan, metric),
                labels.subList(surplus, labels.size()),
                figures.subList(surplus, figures.size()),
                mute);
    }

    static FigureComparison.Rules rules(RegressionPlan plan, Metric metric) {
        RelevantChange change = plan.relevantChanges().getOrDefault(metric.id(), RelevantChanges.of(metric));
        double least = metric.scale() == Metric.Scale.LOGARITHMIC ? LEAST_NOISE : 0;
        double floor = Math.max(least, plan.noiseFloors().getOrDefault(metric.id(), 0.0));
        return new FigureComparison.Rules(change, floor, plan.mustFind());
    }

    private List<FigureVerdict> decide(List<FigureComparison> comparisons, boolean primary) {
        List<FigureComparison> family =
                comparisons.stream().filter(one -> one.primary() == primary).toList();
        double[] p = family.stream()
                .flatMap(one -> one.p().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        double[] q = BenjaminiHochberg.adjust(p);
        List<FigureVerdict> verdicts = new ArrayList<>();
        int next = 0;
        for (FigureComparison one : family) {
            verdicts.add(one.p().isPresent() ? one.decide(q[next++], q.length, levels) : one.insufficient());
        }
        return verdicts;
    }
}
