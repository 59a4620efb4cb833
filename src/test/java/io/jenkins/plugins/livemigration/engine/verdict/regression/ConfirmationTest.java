package io.jenkins.plugins.livemigration.engine.verdict.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.Verdict;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Confirmation.Freshness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
    private static final Baseline BASELINE =
            Builds.build().baseline(Builds.history(800, 850, 750, 820, 780, 840, 760, 810, 790, 800));

    @Test
    void whatTheSecondRoundDoesNotShowIsNoRegression() {
        RegressionReport combined = combine(1000, 810, Freshness.FRESH_START);

        assertThat(combined.status()).isNotIn(Status.UNSTABLE, Status.FAIL);
        assertThat(combined.figure("web", Builds.DOWNTIME).orElseThrow().status())
                .isEqualTo(Status.PASS);
        assertThat(combined.sentence().toString()).startsWith("The suspicion was not confirmed");
        Confirmation.Round round =
                combined.confirmation().orElseThrow().rounds().get(0);
        assertThat(round.confirmed()).isFalse();
        assertThat(round.first().against()).isPresent();
        assertThat(round.second().orElseThrow().against()).isPresent();
        assertThat(round.sentence().toString())
                .startsWith(
                        "web: downtime.observed seemed worse, but not after a fresh start. First round \u00d71.25 (p =")
                .contains("second \u00d71.01", "(n = 10)", "against 10 builds (1, 2,");
    }

    @Test
    void aFreshStartCountsForMoreThanTheSameBoot() {
        RegressionReport first = report(910);
        assertThat(first.figure("web", Builds.DOWNTIME).orElseThrow().status()).isEqualTo(Status.UNSTABLE);

        RegressionReport same = combine(910, 910, Freshness.SAME_BOOT);
        RegressionReport fresh = combine(910, 910, Freshness.FRESH_START);

        assertThat(same.status()).isEqualTo(Status.UNSTABLE);
        assertThat(same.figure("web", Builds.DOWNTIME).orElseThrow().sentence().toString())
                .contains("confirmed in the same boot (whose offset both rounds share)");
        assertThat(fresh.status()).isEqualTo(Status.FAIL);
        assertThat(fresh.confirmation().orElseThrow().confirmedAfresh("web", Builds.DOWNTIME))
                .isTrue();
        assertThat(same.confirmation().orElseThrow().confirmedAfresh("web", Builds.DOWNTIME))
                .isFalse();
    }

    @Test
    void withoutASuspicionThereIsNothingToConfirm() {
        RegressionReport first = report(800);

        assertThat(Confirmation.combine(first, report(2000), Freshness.FRESH_START))
                .isEqualTo(first);
    }

    @Test
    void aConfirmedRegressionStaysOutOfTheBaselineThoughTheNextBuildIsQuiet() {
        List<PastBuild> history = new ArrayList<>(Builds.history(800, 850, 750, 820));
        Verdict verdict = new Judge(Map.of(), List.of())
                .judge(Builds.build().downtime(1000).run(), Optional.of(combine(1000, 1000, Freshness.FRESH_START)));
        history.add(PastBuild.finished(
                "worse",
                new JudgedResult(
                        JudgedResult.FORMAT_VERSION,
                        Builds.build().downtime(1000).run(),
                        verdict)));
        history.add(Builds.build().past("quiet"));

        assertThat(verdict.status()).isEqualTo(Status.FAIL);
        assertThat(Builds.build().baseline(history).builds())
                .filteredOn(build -> build.figure("web", Builds.DOWNTIME).isPresent())
                .extracting(BaselineBuild::label)
                .containsExactly("1", "2", "3", "4", "quiet");
    }

    /** Later builds read from earlier results what alarmed and what was confirmed. */
    @Test
    void aResultKeepsAllThatTheComparisonSaid() throws IOException {
        RegressionReport combined = combine(1000, 1000, Freshness.FRESH_START);
        RunResult run = Builds.build().downtime(1000).fact("kernel", "6.12").run();
        JudgedResult judged = new JudgedResult(
                JudgedResult.FORMAT_VERSION, run, new Judge(Map.of(), List.of()).judge(run, Optional.of(combined)));

        JudgedResult read = ResultFile.parse(ResultFile.text(judged), "test");

        assertThat(read.verdict().regression()).contains(combined);
        assertThat(read).isEqualTo(judged);
    }

    private static RegressionReport report(double downtime) {
        return new RegressionRule(RegressionPlan.DEFAULT)
                .judge(Builds.build().downtime(downtime).run(), BASELINE);
    }

    private static RegressionReport combine(double first, double second, Freshness freshness) {
        return Confirmation.combine(report(first), report(second), freshness);
    }
}
