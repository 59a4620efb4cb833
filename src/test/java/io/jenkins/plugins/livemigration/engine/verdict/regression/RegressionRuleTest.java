package io.jenkins.plugins.livemigration.engine.verdict.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.plan.Threshold;
import io.jenkins.plugins.livemigration.engine.report.JunitReport;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegressionRuleTest {
    private static final List<PastBuild> STEADY = Builds.history(800, 805, 795, 802, 798, 801, 799, 803, 797, 800);
    private static final List<PastBuild> NOISY = Builds.history(800, 700, 900, 750, 850, 820, 780, 880, 720, 800);

    @Test
    void fewerThanThreeBuildsAreNeverComparedHoweverBadTheRun() {
        RegressionReport report = Builds.build().downtime(9000).against(Builds.history(800, 800));

        assertThat(report.status()).isEqualTo(Status.INSUFFICIENT_BASELINE);
        assertThat(report.figures()).allMatch(figure -> figure.against().isEmpty());
        assertThat(report.sentence()).hasToString("There are 2 comparable builds; from 3 on the figures are compared.");
    }

    @Test
    void threeBuildsAreEnough() {
        assertThat(Builds.build()
                        .downtime(9000)
                        .against(Builds.history(800, 805, 795))
                        .status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void saysAllItKnowsInBothLanguages() {
        RegressionReport report = Builds.build().downtime(1000).day(20).against(STEADY);
        FigureVerdict downtime = report.figure("web", Builds.DOWNTIME).orElseThrow();

        assertThat(report.status()).isEqualTo(Status.FAIL);
        assertThat(downtime.status()).isEqualTo(Status.FAIL);
        assertThat(downtime.n()).isEqualTo(10);
        assertThat(downtime.builds()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        AgainstBaseline against = downtime.against().orElseThrow();
        assertThat(against.change()).isEqualTo(1.25, within(0.001));
        assertThat(against.lower()).isLessThan(1.25);
        assertThat(against.upper()).isGreaterThan(1.25);
        assertThat(against.q()).isEqualTo(2 * against.p(), within(1e-9));
        assertThat(against.matters()).isEqualTo(880, within(0.5));
        assertThat(downtime.sentence().render(Locale.ENGLISH))
                .startsWith(
                        "web: downtime.observed got worse. Median 1 s (n = 10) against 800 ms in 10 builds (1, 2, 3,")
                .contains(
                        "change 1.25 (95 % CI ",
                        "p < 0.0001, q < 0.0001", "10 % & 20 ms and more matters", "with 80 %");
        assertThat(downtime.sentence().render(Locale.forLanguageTag("id")))
                .startsWith("web: downtime.observed memburuk. Median 1 s (n = 10)");
        assertThat(report.sentence().toString())
                .startsWith("1 of 2 compared figures got worse than in builds 1, 2")
                .contains("web downtime.observed \u00d71.25 (p < 0.0001, q < 0.0001)");
    }

    @Test
    void aChangeThatDoesNotMatterIsNoRegressionHoweverCertain() {
        RegressionReport report = Builds.build().downtime(850).against(STEADY);
        FigureVerdict downtime = report.figure("web", Builds.DOWNTIME).orElseThrow();

        assertThat(downtime.against().orElseThrow().q()).isLessThan(0.01);
        assertThat(downtime.status()).isEqualTo(Status.PASS);
        assertThat(downtime.sentence().toString()).contains("by less than matters");
    }

    /** 15 ms are 30 % of 50 ms, but nobody cares for 15 ms. */
    @Test
    void bothPartsOfTheRelevantChangeMustBeReached() {
        List<PastBuild> small = Builds.history(50, 50.4, 49.6, 50.2, 49.8);

        assertThat(Builds.build().downtime(65).against(small).status()).isEqualTo(Status.PASS);
        assertThat(Builds.build().downtime(71).against(small).status()).isNotEqualTo(Status.PASS);
    }

    @Test
    void downtimesBelowWhatMattersAreAllTheSame() {
        List<PastBuild> none = Builds.history(0, 0, 2, 0, 1);

        assertThat(Builds.build().downtime(15).against(none).status()).isEqualTo(Status.PASS);
        assertThat(Builds.build().downtime(500).against(none).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void gettingBetterIsNoRegression() {
        assertThat(Builds.build().downtime(400).against(STEADY).status()).isEqualTo(Status.PASS);
    }

    @Test
    void theNoiseBetweenBuildsIsTheMeasure() {
        FigureVerdict downtime = Builds.build()
                .downtime(900)
                .against(NOISY)
                .figure("web", Builds.DOWNTIME)
                .orElseThrow();

        assertThat(downtime.alarmed()).isFalse();
        assertThat(downtime.against().orElseThrow().betweenBuilds()).isGreaterThan(0.06);
    }

    @Test
    void aPassThatCouldNotHaveFoundWhatMattersIsInconclusive() {
        RegressionReport report = Builds.build().downtime(800).against(NOISY);
        FigureVerdict downtime = report.figure("web", Builds.DOWNTIME).orElseThrow();

        assertThat(downtime.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(downtime.against().orElseThrow().detectable()).isGreaterThan(1.1);
        assertThat(downtime.sentence().toString()).contains("could have escaped", "only 1.3");
        assertThat(report.status()).isEqualTo(Status.INCONCLUSIVE);
        RegressionPlan lenient = new RegressionPlan(10, Map.of(), Map.of(), Optional.of(0.5), Set.of());
        assertThat(new RegressionRule(lenient)
                        .judge(Builds.build().run(), Builds.build().baseline(NOISY))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void tooFewRunsAreInconclusive() {
        FigureVerdict downtime = Builds.build()
                .downtime(9000)
                .runs(4)
                .against(STEADY)
                .figure("web", Builds.DOWNTIME)
                .orElseThrow();

        assertThat(downtime.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(downtime.sentence().toString()).contains("has only 4 values, and 5 are needed");
    }

    @Test
    void aSlowerWayBackIsTakenOutAndNamed() {
        List<PastBuild> history = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            history.add(Builds.build().downtime(800 + i).backSlowerBy(1.5).past("b" + i));
        }
        RegressionReport report =
                Builds.build().downtime(1000).backSlowerBy(1.5).against(history);
        AgainstBaseline against = report.figure("web", Builds.DOWNTIME)
                .flatMap(FigureVerdict::against)
                .orElseThrow();

        assertThat(against.change()).isEqualTo(1.25, within(0.01));
        assertThat(against.baselineMedian()).isEqualTo(802 * Math.sqrt(1.5), within(15.0));
        assertThat(report.notes()).anyMatch(note -> note.toString().contains("differs by direction"));
    }

    @Test
    void namesWhatChangedOnTheHosts() {
        RegressionReport report =
                Builds.build().downtime(1000).fact("kernel", "6.12").against(STEADY);

        assertThat(report.changes()).containsExactly(new EnvironmentChange("host-a", "kernel", "6.1", "6.12"));
        assertThat(report.sentence().toString()).endsWith("Different since build 10: host-a kernel 6.1 -> 6.12.");
        assertThat(report.notes()).anyMatch(note -> note.toString().contains("kernel 6.1 -> 6.12"));
    }

    @Test
    void aMutedMetricIsShownAndDoesNotGate() {
        Mute mute = new Mute(Builds.DOWNTIME, LocalDate.of(2026, 1, 20), "ani", "known");
        Baseline baseline = Builds.build().baseline(STEADY).with(List.of(), List.of(mute));

        RegressionReport muted = Builds.build().downtime(1000).day(19).against(baseline);
        RegressionReport later = Builds.build().downtime(1000).day(20).against(baseline);

        assertThat(muted.status()).isEqualTo(Status.PASS);
        assertThat(muted.figure("web", Builds.DOWNTIME).orElseThrow().alarmed()).isTrue();
        String why = "web: downtime.observed is worse (change 1.25), but muted until 2026-01-20 by ani because: known.";
        assertThat(muted.notes()).anyMatch(note -> note.toString().startsWith(why));
        assertThat(muted.judgements())
                .anyMatch(judgement -> judgement.status() == Status.PASS
                        && judgement.sentence().toString().startsWith(why));
        assertThat(muted.judgements())
                .anyMatch(judgement -> judgement
                        .sentence()
                        .render(Locale.forLanguageTag("id"))
                        .startsWith(
                                "web: downtime.observed memburuk (perubahan 1.25), tetapi dibisukan sampai 2026-01-20"
                                        + " oleh ani karena: known."));
        assertThat(muted.sentence().toString())
                .startsWith("The only figure that gates did not get worse than in 10 builds")
                .contains("Muted, and worse: web downtime.observed ×1.25");
        assertThat(muted.suspects()).isEmpty();
        assertThat(later.status()).isEqualTo(Status.FAIL);
        assertThat(later.suspects()).containsExactly("web");
    }

    @Test
    void aMuteOfWhatDidNotGetWorseIsMentionedOnly() {
        Mute mute = new Mute(Builds.DOWNTIME, LocalDate.of(2026, 1, 20), "ani", "known");

        RegressionReport report =
                Builds.build().day(19).against(Builds.build().baseline(STEADY).with(List.of(), List.of(mute)));

        assertThat(report.notes())
                .anyMatch(note ->
                        note.toString().equals("web: downtime.observed is muted until 2026-01-20 by ani: known"));
        assertThat(report.sentence().key()).isEqualTo("verdict/regression.overallNotWorse");
    }

    @Test
    void aMutedRegressionIsASkippedTestWithItsReason() {
        Mute mute = new Mute(Builds.DOWNTIME, LocalDate.of(2026, 1, 20), "ani", "known");
        JudgedResult judged = Builds.build()
                .downtime(1000)
                .day(19)
                .judged(Builds.build().baseline(STEADY).with(List.of(), List.of(mute)));

        String junit = new JunitReport().render(judged).get(0).text();

        assertThat(junit)
                .containsPattern("name=\"downtime.observed\"[^>]*><skipped message=\"web: downtime.observed is worse"
                        + " \\(change 1.25\\), but muted until 2026-01-20 by ani because: known");
        assertThat(judged.verdict().status()).isEqualTo(Status.PASS);
    }

    @Test
    void failedMigrationsAreComparedExactlyAndDoNotGateHere() {
        RegressionReport report = Builds.build().failing(3).against(STEADY);

        assertThat(report.failures()).singleElement().satisfies(failures -> {
            assertThat(failures.failed()).isEqualTo(3);
            assertThat(failures.tried()).isEqualTo(13);
            assertThat(failures.triedBefore()).isEqualTo(100);
            assertThat(failures.p()).isEqualTo(286.0 / 234136, within(1e-9));
        });
        assertThat(report.status()).isEqualTo(Status.PASS);
    }

    @Test
    void outliersAreReportedAndCounted() {
        RegressionReport report = Builds.build().outlier(5).against(STEADY);

        assertThat(report.figure("web", Builds.DOWNTIME).orElseThrow().n()).isEqualTo(10);
        assertThat(report.notes())
                .anyMatch(note -> note.toString().startsWith("web: 1 of 10 values of downtime.observed is an outlier"));
        assertThat(Builds.build().against(STEADY).notes()).isEmpty();
    }

    @Test
    void slowCreepShowsAgainstGoldenBuildsOnly() {
        List<PastBuild> creeping = Builds.history(800, 805, 795, 820, 840, 860, 880, 900, 920, 940);
        Builds now = Builds.build().downtime(960);
        Baseline rolling = now.baseline(creeping);
        BaselineBuilder builder = new BaselineBuilder(RegressionPlan.DEFAULT);
        Baseline pinned = rolling.withGolden(builder.named(now.run(), creeping.subList(0, 3), new ArrayList<>()));

        assertThat(now.against(rolling).creep()).isEmpty();
        RegressionReport report = now.against(pinned);
        assertThat(report.creep())
                .filteredOn(CreepFinding::crept)
                .singleElement()
                .satisfies(creep -> {
                    assertThat(creep.metric()).isEqualTo(Builds.DOWNTIME);
                    assertThat(creep.golden()).containsExactly("1", "2", "3");
                    assertThat(creep.recent()).containsExactly("7", "8", "9", "10");
                    assertThat(creep.change()).isEqualTo(920.0 / 800, within(0.01));
                });
        assertThat(report.figure("web", Builds.DOWNTIME).orElseThrow().alarmed())
                .isFalse();
    }

    @Test
    void theVerdictTakesTheComparisonIn() {
        Judge judge = new Judge(Map.of(), List.of());
        Baseline baseline = Builds.build().baseline(STEADY);
        Verdict worse = judge.judge(Builds.build().downtime(1000).run(), baseline, RegressionPlan.DEFAULT);
        Verdict same = judge.judge(Builds.build().run(), baseline, RegressionPlan.DEFAULT);
        Verdict first = judge.judge(Builds.build().run(), Baseline.EMPTY, RegressionPlan.DEFAULT);

        assertThat(worse.status()).isEqualTo(Status.FAIL);
        assertThat(worse.sentence()).isEqualTo(worse.regression().orElseThrow().sentence());
        assertThat(same.status()).isEqualTo(Status.PASS);
        assertThat(same.sentence().toString()).startsWith("None of 2 compared figures got worse than in 10 builds");
        assertThat(first.status()).isEqualTo(Status.INSUFFICIENT_BASELINE);
    }

    @Test
    void aPassSaysThatLimitsAreKeptAndThatNothingGotWorse() {
        Threshold limit = new Threshold(
                Builds.DOWNTIME,
                Threshold.Of.MEDIAN,
                Optional.empty(),
                Optional.empty(),
                Optional.of(60_000.0),
                "",
                "60 s");
        Verdict verdict = new Judge(Map.of(), List.of(limit))
                .judge(Builds.build().run(), Builds.build().baseline(STEADY), RegressionPlan.DEFAULT);

        assertThat(verdict.status()).isEqualTo(Status.PASS);
        assertThat(verdict.sentence().toString())
                .startsWith("All limits are kept (1). None of 2 compared figures got worse than in 10 builds (");
        assertThat(verdict.sentence().render(Locale.forLanguageTag("id")))
                .startsWith("Semua batas terpenuhi (1). Tidak satu pun dari 2 angka");
    }

    @Test
    void everyMetricHasARelevantChange() {
        assertThat(RelevantChanges.of(Metrics.DOWNTIME_OBSERVED).relative()).isEqualTo(0.10);
        assertThat(RelevantChanges.of(Metrics.DOWNTIME_OBSERVED).absolute()).isEqualTo(20);
        assertThat(RelevantChanges.of(Metrics.BYTES_RAM).relative()).isEqualTo(0.05);
        assertThat(Metrics.all()).allSatisfy(metric -> {
            FigureScale scale = new FigureScale(metric, RelevantChanges.of(metric));
            assertThat(scale.relevantShift(scale.at(100))).isPositive();
            assertThat(scale.value(scale.at(100))).isEqualTo(100, within(1e-9));
        });
    }
}
