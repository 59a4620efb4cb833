package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.plan.RelevantChange;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.QuantityText;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.DetectableShift;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.PredictionInterval;
import java.util.List;
import java.util.Optional;

/** One figure on its way to a verdict: first its p-value, then, when all p-values are known, its status and sentence. */
final class FigureComparison {
    static final int FEWEST_BUILDS = 3;
    static final int FEWEST_SAMPLES = 5;
    private static final double POWER = 0.8;
    private static final double CONFIDENCE = 0.95;

    private final BuildFigure figure;
    private final Metric metric;
    private final boolean primary;
    private final RelevantChange change;
    private final FigureScale scale;
    private final List<String> builds;
    private final Optional<Mute> mute;
    private final Optional<Double> mustFind;
    private final Optional<FigureTest> test;
    private final double median;

    /**
     * Prepares the comparison.
     *
     * @param baseline the same figure of the baseline's builds, those labelled {@code builds}
     */
    FigureComparison(
            BuildFigure figure,
            Metric metric,
            boolean primary,
            Rules rules,
            List<String> builds,
            List<BuildFigure> baseline,
            Optional<Mute> mute) {
        this.figure = figure;
        this.metric = metric;
        this.primary = primary;
        this.change = rules.change();
        this.mustFind = rules.mustFind();
        this.scale = new FigureScale(metric, change);
        this.builds = builds;
        this.mute = mute;
        boolean comparable = baseline.size() >= FEWEST_BUILDS && figure.n() >= FEWEST_SAMPLES;
        this.test =
                comparable ? Optional.of(FigureTest.of(figure, baseline, scale, rules.noiseFloor())) : Optional.empty();
        this.median = scale.value(test.map(FigureTest::centre)
                .orElseGet(() -> Alignment.of(baseline, scale).centre(figure)));
    }

    /**
     * What the plan says about the metric.
     *
     * @param noiseFloor on the metric's scale
     */
    record Rules(RelevantChange change, double noiseFloor, Optional<Double> mustFind) {}

    boolean primary() {
        return primary;
    }

    /** The raw p-value; empty if there is too little to compare. */
    Optional<Double> p() {
        return test.map(FigureTest::p);
    }

    /** The verdict without a comparison. */
    FigureVerdict insufficient() {
        // Without builds there is nothing to be inconclusive about.
        boolean samples = builds.size() >= FEWEST_BUILDS && figure.n() < FEWEST_SAMPLES;
        Message sentence = Message.of(
                samples ? "verdict/regression.tooFewSamples" : "verdict/regression.tooFewBuilds",
                figure.scenario(),
                metric.id(),
                QuantityText.text(median, metric.unit()),
                figure.n(),
                builds.size(),
                Sentences.labels(builds),
                samples ? FEWEST_SAMPLES : FEWEST_BUILDS);
        Status status = samples ? Status.INCONCLUSIVE : Status.INSUFFICIENT_BASELINE;
        return verdict(status, Optional.empty(), sentence);
    }

    /**
     * The verdict.
     *
     * @param q the adjusted p-value
     * @param family how many figures were compared together
     */
    FigureVerdict decide(double q, int family, AlarmLevels levels) {
        FigureTest tested = test.orElseThrow();
        PredictionInterval interval = tested.interval();
        double reference = interval.mean();
        double margin = interval.margin(CONFIDENCE);
        double found = DetectableShift.of(interval, levels.unstable() / family, POWER);
        double one = scale.change(tested.shift() - margin);
        double other = scale.change(tested.shift() + margin);
        double needed = scale.relevantShift(reference);
        AgainstBaseline against = new AgainstBaseline(
                scale.value(reference),
                scale.logarithmic(),
                finite(scale.change(tested.shift())),
                finite(Math.min(one, other)),
                finite(Math.max(one, other)),
                tested.p(),
                q,
                finite(scale.value(reference + needed)),
                finite(scale.value(interval.upper(levels.unstable()))),
                finite(scale.change(found)),
                interval.sigma());
        Status status = levels.status(q, tested.relevant());
        boolean blind = found > Math.max(needed, mustFind.map(this::shift).orElse(0.0));
        if (status == Status.PASS && blind && primary) {
            status = Status.INCONCLUSIVE;
        }
        String key = key(status, q < levels.unstable());
        Message sentence =
                Sentences.figure(key, scale, metric, change, figure.n(), median, builds, figure.scenario(), against);
        boolean alarmed = status == Status.UNSTABLE || status == Status.FAIL;
        return verdict(
                status,
                Optional.of(against),
                alarmed && mute.isPresent() ? Sentences.muted(sentence, mute.get()) : sentence);
    }

    private static String key(Status status, boolean significant) {
        if (status == Status.UNSTABLE || status == Status.FAIL) {
            return "verdict/regression.worse";
        }
        if (significant) {
            return "verdict/regression.slightlyWorse";
        }
        return status == Status.INCONCLUSIVE ? "verdict/regression.couldHaveEscaped" : "verdict/regression.notWorse";
    }

    private double shift(double relative) {
        return scale.logarithmic() ? Math.log1p(relative) : 0;
    }

    /** A bound that has left what a double can hold is at its end. */
    private static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    private FigureVerdict verdict(Status status, Optional<AgainstBaseline> against, Message sentence) {
        return new FigureVerdict(
                figure.scenario(), metric.id(), primary, status, figure.n(), median, builds, against, mute, sentence);
    }
}
