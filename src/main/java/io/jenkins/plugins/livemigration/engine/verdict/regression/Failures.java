package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.ExactFailureTest;
import java.util.List;

/** Compares failed migrations with the baseline's. */
final class Failures {
    private Failures() {}

    static List<FailureComparison> compare(RunResult run, Baseline baseline) {
        return BuildFigures.of("", run).migrations().stream()
                .map(count -> compare(count, baseline))
                .toList();
    }

    private static FailureComparison compare(MigrationCount count, Baseline baseline) {
        int failedBefore = 0;
        int triedBefore = 0;
        for (BaselineBuild build : baseline.builds()) {
            for (MigrationCount other : build.migrations()) {
                if (other.scenario().equals(count.scenario())) {
                    failedBefore += other.failed();
                    triedBefore += other.tried();
                }
            }
        }
        double p = ExactFailureTest.pValue(count.failed(), count.tried(), failedBefore, triedBefore);
        return new FailureComparison(
                count.scenario(),
                count.failed(),
                count.tried(),
                failedBefore,
                triedBefore,
                p,
                Message.of(
                        "verdict/regression.failures",
                        count.scenario(),
                        count.failed(),
                        count.tried(),
                        failedBefore,
                        triedBefore,
                        Sentences.probability("p", p)));
    }
}
