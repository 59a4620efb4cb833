package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.plan.Threshold;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Concludes from a run: a pure function of the run, the categories and the thresholds. */
public final class Judge {
    private final Map<String, CategoryEdges> categories;
    private final List<Threshold> thresholds;

    /**
     * A judge with these rules.
     *
     * @param categories by metric id
     * @param thresholds whose metrics are in the catalogue
     */
    public Judge(Map<String, CategoryEdges> categories, List<Threshold> thresholds) {
        this.categories = Map.copyOf(categories);
        this.thresholds = List.copyOf(thresholds);
    }

    /** A judge with the rules of a plan. */
    public static Judge by(BenchmarkPlan plan) {
        return new Judge(plan.categories(), plan.thresholds());
    }

    /** The verdict on a run, with every rule that was applied. */
    public Verdict judge(RunResult result) {
        List<Judgement> judgements = new ArrayList<>();
        new CompletenessRule().judge(result).ifPresent(judgements::add);
        judgements.addAll(new FailureRule().judge(result));
        List<Judgement> limits = new LimitRule().judge(result, thresholds);
        judgements.addAll(limits);
        if (limits.isEmpty()) {
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
        Judgement decisive =
                judgements.stream().max(Comparator.comparing(Judgement::status)).orElseThrow();
        Message sentence = decisive.status() == Status.PASS
                ? Message.of("verdict.allLimitsKept", limits.size())
                : firstOf(judgements, decisive.status()).sentence();
        return new Verdict(decisive.status(), sentence, judgements, new Summaries(categories).of(result), categories);
    }

    private static Judgement firstOf(List<Judgement> judgements, Status status) {
        return judgements.stream()
                .filter(judgement -> judgement.status() == status)
                .findFirst()
                .orElseThrow();
    }
}
