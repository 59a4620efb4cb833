package io.jenkins.plugins.livemigration.engine.verdict;

import static io.jenkins.plugins.livemigration.engine.verdict.Runs.DOWNTIME;
import static io.jenkins.plugins.livemigration.engine.verdict.Runs.limit;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.plan.Threshold;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Figure STILL_OPEN = new Figure.AtLeast(300, Message.literal("open"));

    @Test
    void withoutLimitsNothingIsJudged() {
        Verdict verdict = Runs.of(5000, 6000).judged();

        assertThat(verdict.status()).isEqualTo(Status.INSUFFICIENT_BASELINE);
        assertThat(verdict.sentence())
                .hasToString("No limits are set and there is no baseline yet, so these figures are not judged.");
        assertThat(verdict.sentence().render(Locale.forLanguageTag("id"))).startsWith("Tidak ada batas");
    }

    @Test
    void passesWhenAllLimitsAreKept() {
        Verdict verdict = Runs.of(400, 500).judged(limit(DOWNTIME, Threshold.Of.WORST, 800, 2000));

        assertThat(verdict.status()).isEqualTo(Status.PASS);
        assertThat(verdict.sentence()).hasToString("All limits are kept (1).");
        assertThat(verdict.judgements().get(0).sentence())
                .hasToString("default: the worst downtime.observed is 500 ms, within the limit 800.0 ms.");
    }

    @Test
    void aLimitIsCrossedFromItsValueOn() {
        Threshold limit = limit(DOWNTIME, Threshold.Of.WORST, 800, 2000);

        assertThat(Runs.of(799.9).judged(limit).status()).isEqualTo(Status.PASS);
        assertThat(Runs.of(800).judged(limit).status()).isEqualTo(Status.UNSTABLE);
        assertThat(Runs.of(1999).judged(limit).status()).isEqualTo(Status.UNSTABLE);
        assertThat(Runs.of(2000).judged(limit).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void aValueThatStraddlesALimitIsMarkedAndCrossesIt() {
        Verdict verdict = Runs.of(Figure.between(790, 795, 805)).judged(limit(DOWNTIME, Threshold.Of.WORST, 800, 2000));

        assertThat(verdict.status()).isEqualTo(Status.UNSTABLE);
        assertThat(verdict.judgements().get(0).straddles()).isTrue();
        assertThat(verdict.judgements().get(0).value()).contains(795.0);
    }

    @Test
    void whatIsAtLeastSomethingCrossesEveryLimit() {
        Verdict verdict = Runs.of(Figure.of(100), STILL_OPEN).judged(limit(DOWNTIME, Threshold.Of.WORST, 800, 2000));

        assertThat(verdict.status()).isEqualTo(Status.FAIL);
        assertThat(verdict.sentence())
                .hasToString(
                        "default: the worst downtime.observed is ≥ 300 ms (sample 2) and reaches the limit 2000.0 ms.");
    }

    @Test
    void oneOpenOutageDoesNotCarryTheMedianAway() {
        Threshold limit = limit(DOWNTIME, Threshold.Of.MEDIAN, 800, -1);
        Runs three = Runs.empty();
        for (int i = 0; i < 4; i++) {
            three.add(Figure.of(100 + i));
        }

        assertThat(three.add(STILL_OPEN, STILL_OPEN).judged(limit).status()).isEqualTo(Status.PASS);
        assertThat(three.add(STILL_OPEN, STILL_OPEN).judged(limit).status()).isEqualTo(Status.UNSTABLE);
    }

    @Test
    void theMedianOfTheSlowerDirectionIsJudged() {
        Verdict verdict = Runs.of(100, 900, 110, 910, 120, 920).judged(limit(DOWNTIME, Threshold.Of.MEDIAN, 800, -1));

        assertThat(verdict.status()).isEqualTo(Status.UNSTABLE);
        assertThat(verdict.sentence())
                .hasToString(
                        "default: the median downtime.observed from b → a is 910 ms and reaches the limit 800.0 ms.");
    }

    @Test
    void countsHowManySamplesCrossALimitOnEach() {
        Verdict verdict = Runs.of(100, 900, 850).judged(limit(DOWNTIME, Threshold.Of.EACH, 800, -1));

        assertThat(verdict.sentence())
                .hasToString(
                        "default: 2 of 3 samples reach the limit 800.0 ms of downtime.observed; the worst is 900 ms (sample 2).");
    }

    @Test
    void whereHigherIsBetterTheLimitIsAFloor() {
        Threshold floor = limit("throughput.during", Threshold.Of.WORST, -1, 1_000_000);

        assertThat(Runs.empty()
                        .metric("throughput.during", Figure.of(2_000_000))
                        .judged(floor)
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(Runs.empty()
                        .metric("throughput.during", Figure.of(1_000_000))
                        .judged(floor)
                        .status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void aLimitOnAMetricWithoutValuesCannotBeChecked() {
        Verdict verdict = Runs.of(Figure.absent(Message.literal("no probe")))
                .judged(limit(DOWNTIME, Threshold.Of.MEDIAN, 800, -1));

        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.sentence())
                .hasToString("default: no sample has a value for downtime.observed, so its limit cannot be checked.");
    }

    @Test
    void aLimitOfOneScenarioLeavesTheOthersAlone() {
        Threshold onlyFast = new Threshold(
                DOWNTIME, Threshold.Of.WORST, Optional.of("fast"), Optional.of(50.0), Optional.empty(), "50 ms", "");
        Verdict verdict = Runs.of(400).scenario("fast").add(Figure.of(40)).judged(onlyFast);

        assertThat(verdict.status()).isEqualTo(Status.PASS);
        assertThat(verdict.judgements()).extracting(Judgement::scenario).containsExactly("fast");
    }

    @Test
    void warmUpsEnterNoLimit() {
        assertThat(Runs.of(100)
                        .warmup(5000)
                        .judged(limit(DOWNTIME, Threshold.Of.EACH, 800, -1))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void aFailedMigrationIsAResult() {
        assertThat(Runs.of(1, 2, 3).failing().judged().status()).isEqualTo(Status.UNSTABLE);
        assertThat(Runs.of(1, 2, 3).failing().judged().sentence()).hasToString("default: 1 of 4 migrations failed.");
        assertThat(Runs.of(1, 2).failing().failing().judged().status()).isEqualTo(Status.FAIL);
        assertThat(Runs.of(1, 2).failingWarmup().judged().status()).isEqualTo(Status.UNSTABLE);
    }

    @Test
    void lostStateFailsTheRunEvenInAWarmUp() {
        Verdict verdict =
                Runs.of(1, 2).withState(true, false).withState(false, true).judged();

        assertThat(verdict.status()).isEqualTo(Status.FAIL);
        assertThat(verdict.sentence())
                .hasToString("default: the workload lost its state in 1 of 2 checked migrations (first in sample 4).");
    }

    @Test
    void aRunWithoutASampleIsTheInfrastructuresFailure() {
        assertThat(Runs.empty().ending(RunEnd.Kind.INFRASTRUCTURE).judged().status())
                .isEqualTo(Status.INFRASTRUCTURE);
        assertThat(Runs.empty().failing().failing().judged().sentence())
                .hasToString("No sample could be had: all 2 migrations failed.");
        assertThat(Runs.empty().failing().failing().judged().status()).isEqualTo(Status.INFRASTRUCTURE);
    }

    @Test
    void whatTheHostsCannotDoIsInconclusiveAndSaysSo() {
        assertThat(Runs.empty().ending(RunEnd.Kind.NOT_SUPPORTED).judged().sentence())
                .hasToString("Not supported here: the platform cannot do what the plan asks for.");
        Verdict scenario = Runs.of(1, 2).scenario("pre-copy").unsupported().judged();
        assertThat(scenario.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(scenario.sentence()).hasToString("pre-copy: not supported here.");
    }

    @Test
    void aRunThatWasCutShortCannotPass() {
        Threshold limit = limit(DOWNTIME, Threshold.Of.WORST, 800, 2000);

        assertThat(Runs.of(5, 6).ending(RunEnd.Kind.KILLED).judged(limit).status())
                .isEqualTo(Status.INCONCLUSIVE);
        assertThat(Runs.of(5, 6).ending(RunEnd.Kind.INTERRUPTED).judged(limit).sentence())
                .hasToString("The run ended early; 2 usable samples are not the whole picture.");
        assertThat(Runs.of(5, 2500)
                        .ending(RunEnd.Kind.INTERRUPTED)
                        .judged(limit)
                        .status())
                .isEqualTo(Status.FAIL);
    }
}
