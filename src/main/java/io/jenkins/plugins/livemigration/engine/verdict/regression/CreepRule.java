package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.BenjaminiHochberg;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.PooledShift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Holds this build and the last few before it against the pinned golden builds, by Student's t test on the build medians.
 * A rolling baseline creeps along with a slow drift; golden builds stay where they are.
 */
public final class CreepRule {
    /** This build and so many before it, less one. */
    public static final int RECENT = 5;
    /** Of q. One build after another is compared with the same golden builds: stricter than the gate's level. */
    public static final double LEVEL = 0.01;

    private final RegressionPlan plan;

    /** A rule with the plan's settings. */
    public CreepRule(RegressionPlan plan) {
        this.plan = plan;
    }

    /** One finding per primary figure for which there are golden builds and at least three builds in all. */
    public List<CreepFinding> judge(RunResult run, Baseline baseline) {
        List<Held> family = new ArrayList<>();
        for (String scenario : run.scenarios()) {
            for (Metric metric : PrimaryFamily.of(run, scenario).metrics()) {
                BuildFigures.figure(run, scenario, metric)
                        .flatMap(figure -> hold(figure, metric, baseline))
                        .ifPresent(family::add);
            }
        }
        boolean[] crept = crept(family.stream().map(Held::test).toList());
        List<CreepFinding> findings = new ArrayList<>();
        for (int i = 0; i < crept.length; i++) {
            findings.add(family.get(i).finding(crept[i]));
        }
        return findings;
    }

    /**
     * A figure's recent builds held against the golden ones, on the metric's scale.
     *
     * @param level of the golden builds
     */
    public record CreepTest(PooledShift shift, double level, FigureScale scale) {

        /** Compares them. */
        public static CreepTest of(
                List<BuildFigure> recent, List<BuildFigure> golden, FigureScale scale, double noiseFloor) {
            List<BuildFigure> all = new ArrayList<>(golden);
            all.addAll(recent);
            Alignment alignment = Alignment.of(all, scale);
            double squares = 0;
            for (BuildFigure figure : all) {
                double error = alignment.locate(figure).error();
                squares += error * error;
            }
            double[] pinned = golden.stream().mapToDouble(alignment::centre).toArray();
            return new CreepTest(
                    PooledShift.of(
                            recent.stream().mapToDouble(alignment::centre).toArray(),
                            pinned,
                            Math.max(noiseFloor, Math.sqrt(squares / all.size()))),
                    Arrays.stream(pinned).average().orElseThrow(),
                    scale);
        }
    }

    /** Which figures of a family have crept: for certain, all of the family taken together, and by enough to matter. */
    public static boolean[] crept(List<CreepTest> family) {
        double[] q = BenjaminiHochberg.adjust(
                family.stream().mapToDouble(test -> test.shift().pValue()).toArray());
        boolean[] crept = new boolean[q.length];
        for (int i = 0; i < q.length; i++) {
            CreepTest test = family.get(i);
            crept[i] = q[i] < LEVEL
                    && test.scale()
                            .relevant(test.level(), test.level() + test.shift().shift());
        }
        return crept;
    }

    private Optional<Held> hold(BuildFigure figure, Metric metric, Baseline baseline) {
        List<BaselineBuild> golden = comparable(baseline.golden(), figure);
        List<String> pinned = golden.stream().map(BaselineBuild::label).toList();
        List<BaselineBuild> before = comparable(baseline.builds(), figure).stream()
                .filter(build -> !pinned.contains(build.label()))
                .toList();
        before = before.subList(Math.max(0, before.size() - RECENT + 1), before.size());
        if (golden.isEmpty() || golden.size() + before.size() < 2 || figure.n() < FigureComparison.FEWEST_SAMPLES) {
            return Optional.empty();
        }
        List<BuildFigure> recent = new ArrayList<>(figures(before, figure));
        recent.add(figure);
        FigureComparison.Rules rules = RegressionRule.rules(plan, metric);
        return Optional.of(new Held(
                figure.scenario(),
                metric,
                pinned,
                before.stream().map(BaselineBuild::label).toList(),
                CreepTest.of(
                        recent, figures(golden, figure), new FigureScale(metric, rules.change()), rules.noiseFloor())));
    }

    /** A figure whose test is made, and whose family's tests are not all made yet. */
    private record Held(String scenario, Metric metric, List<String> golden, List<String> before, CreepTest test) {
        CreepFinding finding(boolean crept) {
            double change = test.scale().change(test.shift().shift());
            return new CreepFinding(
                    scenario,
                    metric.id(),
                    crept,
                    change,
                    test.shift().pValue(),
                    golden,
                    before,
                    Message.of(
                            crept ? "verdict/regression.crept" : "verdict/regression.notCrept",
                            scenario,
                            metric.id(),
                            before.size() + 1,
                            Sentences.labels(golden),
                            Sentences.change(change, test.scale(), metric.unit()),
                            Sentences.probability("p", test.shift().pValue()),
                            QuantityText.text(test.scale().value(test.level()), metric.unit())));
        }
    }

    private static List<BaselineBuild> comparable(List<BaselineBuild> builds, BuildFigure figure) {
        return builds.stream()
                .filter(build -> build.figure(figure.scenario(), figure.metric())
                        .filter(other -> other.covered().equals(figure.covered()))
                        .isPresent())
                .toList();
    }

    private static List<BuildFigure> figures(List<BaselineBuild> builds, BuildFigure figure) {
        return builds.stream()
                .flatMap(build -> build.figure(figure.scenario(), figure.metric()).stream())
                .toList();
    }
}
