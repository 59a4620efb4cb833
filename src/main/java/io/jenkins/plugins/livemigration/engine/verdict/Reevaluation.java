package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import java.util.List;
import java.util.Optional;

/** Judges a result anew, by the rules of its plan: what a terminal and a controller do alike. */
public final class Reevaluation {
    private Reevaluation() {}

    /**
     * A result judged anew; without limits where it has no plan that this version can read.
     *
     * @param earlier as it was judged before
     * @param baseline empty if it is compared with nothing
     */
    public static JudgedResult of(JudgedResult earlier, Optional<Baseline> baseline) {
        Judge judge = planOf(earlier.result())
                .map(Judge::by)
                .orElse(new Judge(earlier.verdict().categories(), List.of()));
        RunResult run = earlier.result();
        return new JudgedResult(
                JudgedResult.FORMAT_VERSION,
                run,
                earlier.secondRound(),
                baseline.map(known -> judge.judge(run, earlier.secondRound(), known, regression(run)))
                        .orElseGet(() -> judge.judge(run)));
    }

    /** How a result is to be compared: as its plan says, or as usual. */
    public static RegressionPlan regression(RunResult result) {
        return planOf(result).map(BenchmarkPlan::regression).orElse(RegressionPlan.DEFAULT);
    }

    private static Optional<BenchmarkPlan> planOf(RunResult result) {
        return PlanParser.parse(result.plan()) instanceof ParsedPlan.Valid valid
                ? Optional.of(valid.plan())
                : Optional.empty();
    }
}
