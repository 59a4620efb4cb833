package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.plan.Threshold;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Calibration;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Confirmation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RegressionReport;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RegressionRule;
import io.jenkins.plugins.livemigration.engine.verdict.regression.SecondRound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Concludes from a run: a pure function of the run, the categories, the thresholds and the baseline. */
public final class Judge {
    private final Map<String, CategoryEdges> categories;
    private final List<Threshold> thresholds;
    private final boolean calibrating;

    /**
     * A judge with these rules.
     *
     * @param categories by metric id
     * @param thresholds whose metrics are in the catalogue
     */
    public Judge(Map<String, CategoryEdges> categories, List<Threshold> thresholds) {
        this(categories, thresholds, false);
    }

    private Judge(Map<String, CategoryEdges> categories, List<Threshold> thresholds, boolean calibrating) {
        this.calibrating = calibrating;
        this.categories = Map.copyOf(categories);
        this.thresholds = List.copyOf(thresholds);
    }

    /** A judge with the rules of a plan. */
    public static Judge by(BenchmarkPlan plan) {
        return new Judge(plan.categories(), plan.thresholds(), plan.calibrate());
    }

    /** The verdict on a run that is compared with nothing, with every rule that was applied. */
    public Verdict judge(RunResult result) {
        return judge(
                result,
                Optional.empty(),
                Optional.empty(),
                calibration(result, Baseline.EMPTY, RegressionPlan.DEFAULT));
    }

    /** The verdict on a run that is compared with a baseline, which may be empty. */
    public Verdict judge(RunResult result, Baseline baseline, RegressionPlan plan) {
        return judge(result, Optional.empty(), baseline, plan);
    }

    /**
     * The verdict on a run that is compared with a baseline.
     *
     * @param second what was measured when suspected scenarios ran once more, if they did
     * @param baseline may be empty
     */
    public Verdict judge(RunResult result, Optional<SecondRound> second, Baseline baseline, RegressionPlan plan) {
        if (calibrating) {
            return judge(result, second, Optional.empty(), calibration(result, baseline, plan));
        }
        RegressionRule rule = new RegressionRule(plan);
        RegressionReport first = rule.judge(result, baseline);
        RegressionReport report = second.map(round -> Confirmation.combine(first, round, rule, baseline))
                .orElse(first);
        return judge(result, second, Optional.of(report), Optional.empty());
    }

    /** The verdict on a run whose comparison with a baseline is known already, perhaps after a second look. */
    public Verdict judge(RunResult result, Optional<RegressionReport> regression) {
        return judge(result, Optional.empty(), regression, Optional.empty());
    }

    private Optional<Calibration> calibration(RunResult result, Baseline baseline, RegressionPlan plan) {
        return calibrating ? Optional.of(Calibration.of(result, baseline, plan)) : Optional.empty();
    }

    private Verdict judge(
            RunResult result,
            Optional<SecondRound> second,
            Optional<RegressionReport> regression,
            Optional<Calibration> calibration) {
        List<Judgement> judgements = new ArrayList<>();
        new CompletenessRule().judge(result).ifPresent(judgements::add);
        judgements.addAll(new FailureRule().judge(result));
        second.ifPresent(round -> judgements.addAll(new FailureRule().judgeAgain(round.run())));
        List<Judgement> limits = new LimitRule().judge(result, thresholds);
        judgements.addAll(limits);
        List<Judgement> regressions =
                regression.map(RegressionReport::judgements).orElse(List.of());
        judgements.addAll(regressions);
        calibration.map(Judge::calibrated).ifPresent(judgements::add);
        if (limits.isEmpty() && regressions.isEmpty() && calibration.isEmpty()) {
            judgements.add(new Judgement(
                    LimitRule.NAME,
                    "",
                    "",
                    "",
                    Status.INSUFFICIENT_BASELINE,
                    Message.of("verdict.nothingToCompareWith"),
                    Optional.empty(),
                    Optional.empty(),
                    false));
        }
        Status status = judgements.stream()
                .map(Judgement::status)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Verdict(
                status,
                sentence(status, judgements, limits.size(), regression),
                judgements,
                new Summaries(categories).of(result),
                categories,
                regression,
                calibration);
    }

    /** A run that is taken for good is compared with nothing, and says so. */
    private static Judgement calibrated(Calibration calibration) {
        boolean enough = !calibration.figures().isEmpty();
        return new Judgement(
                Calibration.RULE,
                "",
                "",
                "",
                enough ? Status.PASS : Status.INSUFFICIENT_BASELINE,
                enough
                        ? Message.of(
                                "verdict.calibrated",
                                calibration.figures().size(),
                                calibration.builds(),
                                Calibration.FILE)
                        : Message.of("verdict.calibratedTooFew", Calibration.FEWEST_BUILDS),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Message sentence(
            Status status, List<Judgement> judgements, int limits, Optional<RegressionReport> regression) {
        Optional<Judgement> calibrated = judgements.stream()
                .filter(judgement -> judgement.rule().equals(Calibration.RULE) && judgement.status() == status)
                .findFirst();
        if (calibrated.isPresent()) {
            return calibrated.get().sentence();
        }
        Judgement decisive = firstOf(judgements, status);
        boolean byRegression = decisive.rule().equals(RegressionReport.RULE);
        if (regression.isPresent() && (byRegression || (status == Status.PASS && limits == 0))) {
            return regression.get().sentence();
        }
        return status == Status.PASS
                ? regression
                        .flatMap(report -> report.sentenceWithin(limits))
                        .orElse(Message.of("verdict.allLimitsKept", limits))
                : decisive.sentence();
    }

    private static Judgement firstOf(List<Judgement> judgements, Status status) {
        return judgements.stream()
                .filter(judgement -> judgement.status() == status)
                .findFirst()
                .orElseThrow();
    }
}
