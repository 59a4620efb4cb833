package io.jenkins.plugins.livemigration.engine.verdict.statistics;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * Whether migrations fail more often than before: Fisher's exact test, one-sided, of failed and succeeded migrations (R.
 * A. Fisher, Journal of the Royal Statistical Society 85 (1922), 87-94).
 */
public final class ExactFailureTest {
    private ExactFailureTest() {}

    /**
     * The chance of so many failures or more, had nothing changed.
     *
     * @return 1 where nothing failed at all or a side has no migrations
     */
    public static double pValue(int failed, int total, int failedBefore, int totalBefore) {
        if (failed > total || failedBefore > totalBefore || failed < 0 || failedBefore < 0) {
            throw new IllegalArgumentException("more failed than were tried");
        }
        if (failed + failedBefore == 0
                || total == 0
                || totalBefore == 0
                || failed + failedBefore == total + totalBefore) {
            return 1;
        }
        return FisherExactTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(new int[][] {{failed, total - failed}, {failedBefore, totalBefore - failedBefore}})
                .getPValue();
    }
}
