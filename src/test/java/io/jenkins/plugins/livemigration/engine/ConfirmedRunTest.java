package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.history.KeptBaseline;
import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Judgement;
import io.jenkins.plugins.livemigration.engine.verdict.Reevaluation;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Confirmation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Mute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs that look once more at what seems worse than before. */
class ConfirmedRunTest extends SuspectedRunTestBase {
    @Test
    void runsOnceMoreWhatSeemsWorseAndFindsItWorseAgain() throws Exception {
        reports(1000, 1000);

        JudgedResult judged = run(SUSPECT);

        assertThat(judged.verdict().status()).isIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.verdict().sentence().toString())
                .startsWith("1 of 1 suspected figure got worse than in builds 1, 2,")
                .contains("again in a second round of the same boot, whose offset both share")
                .contains("default downtime.reported ×1.2");
        assertThat(judged.result().samples()).hasSize(10);
        assertThat(judged.secondRound().orElseThrow().run().samples())
                .hasSize(10)
                .extracting(Sample::order)
                .startsWith(11)
                .endsWith(20);
        assertThat(platform.moves).as("nothing is moved but the samples").hasSize(20);
        assertThat(platform.place).isEqualTo(new Whereabouts.RunningOn("a"));
        assertThat(platform.leases.released).as("held throughout").isEqualTo(1);
    }

    @Test
    void clearsASuspicionThatTheSecondRoundDoesNotShow() throws Exception {
        reports(1000, 800);

        JudgedResult judged = run(SUSPECT);

        assertThat(figure(judged)).isEqualTo(Status.PASS);
        assertThat(judged.verdict().status()).isNotIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.verdict().regression().orElseThrow().sentence().toString())
                .isEqualTo("The suspicion was not confirmed: one figure was looked at again in the same boot.");
        Confirmation confirmation =
                judged.verdict().regression().orElseThrow().confirmation().orElseThrow();
        assertThat(confirmation.rounds().get(0).first().alarmed()).isTrue();
        assertThat(confirmation.rounds().get(0).second().orElseThrow().alarmed())
                .isFalse();
    }

    @Test
    void looksOnceMoreAtTheSuspectedScenariosOnly() throws Exception {
        for (int i = 0; i < 10; i++) {
            boolean heavyFirst = i % 2 == 1;
            double way = 1 + SPREAD[i];
            for (int direction = 0; direction < 2; direction++) {
                platform.downtimes.add((heavyFirst ? 1000 : 800) * way);
            }
            for (int direction = 0; direction < 2; direction++) {
                platform.downtimes.add((heavyFirst ? 800 : 1000) * way);
            }
        }

        JudgedResult judged =
                run("warmup: 0\nsamples: 10\nscenarios: [{name: default}, {name: heavy}]\nconfirm: {samples: 3}");

        assertThat(judged.secondRound().orElseThrow().run().scenarios()).containsExactly("heavy");
        assertThat(judged.secondRound().orElseThrow().run().samples()).hasSize(6);
        assertThat(judged.result().samples()).hasSize(40);
    }

    @Test
    void looksOnlyOnceIfThePlanSaysSo() throws Exception {
        reports(1000, 800);

        JudgedResult judged = run(SUSPECT + "confirm: none");

        assertThat(judged.verdict().status()).isIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.secondRound()).isEmpty();
        assertThat(platform.moves).hasSize(10);
    }

    @Test
    void doesNotLookAgainAtWhatIsNoWorse() throws Exception {
        reports(800);

        assertThat(run(SUSPECT).secondRound()).isEmpty();
        assertThat(platform.moves).hasSize(10);
    }

    @Test
    void doesNotLookAgainWhereALimitFailsTheRunAnyway() throws Exception {
        reports(1000);

        JudgedResult judged = run(SUSPECT + "thresholds: [{metric: downtime.reported, fail: 900 ms}]");

        assertThat(judged.verdict().status()).isEqualTo(Status.FAIL);
        assertThat(judged.secondRound()).isEmpty();
    }

    @Test
    void comparesWithNothingAndSuspectsNothingWithoutABaseline() throws Exception {
        reports(1000);

        JudgedResult judged = run(SUSPECT, BaselineChoice.NOTHING);

        assertThat(judged.secondRound()).isEmpty();
        assertThat(judged.verdict().regression()).isEmpty();
    }

    @Test
    void keepsTheFirstVerdictIfTheSecondRoundIsInterrupted() throws Exception {
        reports(1000, 800);
        for (int i = 0; i < 12; i++) {
            platform.script.add((fake, from, to, cancellation) -> new MigrationOutcome.Completed());
        }
        platform.script.add((fake, from, to, cancellation) -> {
            breakOff.request();
            return new MigrationOutcome.Cancelled(new Whereabouts.RunningOn(from));
        });

        JudgedResult judged = run(SUSPECT);

        assertThat(judged.result().end().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(figure(judged)).isIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.secondRound().orElseThrow().run().end().kind()).isEqualTo(RunEnd.Kind.INTERRUPTED);
        assertThat(judged.verdict().regression().orElseThrow().notes())
                .extracting(Message::toString)
                .contains(
                        "The second round that should have confirmed the suspicion did not run to its end, so the first verdict stands:",
                        "The run was interrupted; finished samples count.");
        assertThat(platform.place).isEqualTo(new Whereabouts.RunningOn("a"));
    }

    @Test
    void keepsTheFirstVerdictIfTheEngineIsKilledInTheSecondRound() throws Exception {
        reports(1000, 800);
        run(SUSPECT);
        Path journal = folder().resolve(Journal.FILE);
        String whole = Files.readString(journal);
        int cut = whole.indexOf("\"sample-started\"", whole.indexOf("\"confirmation-started\""));
        Files.writeString(journal, whole.substring(0, whole.indexOf('\n', cut) + 1));

        JudgedResult judged = RunEvaluation.of(folder());

        assertThat(judged.result().end().kind()).isEqualTo(RunEnd.Kind.KILLED);
        assertThat(judged.result().samples()).hasSize(10);
        assertThat(judged.verdict().status()).isIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.secondRound().orElseThrow().complete()).isFalse();
    }

    @Test
    void aStarterThatVanishedEndsTheSecondRoundAfterTheSample() throws Exception {
        reports(1000, 800);
        for (int i = 0; i < 11; i++) {
            platform.script.add((fake, from, to, cancellation) -> new MigrationOutcome.Completed());
        }
        platform.script.add((fake, from, to, cancellation) -> {
            afterSample.request();
            return new MigrationOutcome.Completed();
        });

        JudgedResult judged = run(SUSPECT);

        assertThat(judged.secondRound().orElseThrow().run().samples()).hasSize(2);
        assertThat(figure(judged)).isIn(Status.UNSTABLE, Status.FAIL);
    }

    @Test
    void whatGoesWrongInTheSecondRoundIsNotHiddenByIt() throws Exception {
        reports(1000, 800);
        for (int i = 0; i < 12; i++) {
            platform.script.add((fake, from, to, cancellation) -> new MigrationOutcome.Completed());
        }
        platform.script.add(FakePlatform.failing("a"));

        JudgedResult judged = run(SUSPECT);

        assertThat(judged.verdict().judgements())
                .filteredOn(judgement -> judgement.rule().equals("failures"))
                .extracting(Judgement::sentence)
                .extracting(Message::toString)
                .containsExactly("default: 1 of 10 migrations failed in the second round.");
        assertThat(judged.verdict().status()).isEqualTo(Status.UNSTABLE);
    }

    /** What a controller does that has result.json alone. */
    @Test
    void theResultFileAloneGivesTheSameVerdictAndAnotherOneAfterADecision() throws Exception {
        reports(1000, 800);
        JudgedResult judged = run(SUSPECT);
        Baseline baseline = KeptBaseline.read(folder()).orElseThrow();

        JudgedResult read = ResultFile.parse(ResultFile.text(judged), "test");

        assertThat(read).isEqualTo(judged);
        assertThat(Reevaluation.of(read, Optional.of(baseline))).isEqualTo(judged);
        Mute mute = new Mute("downtime.reported", LocalDate.MAX, "ann", "switch");
        JudgedResult muted = Reevaluation.of(read, Optional.of(baseline.with(List.of(), List.of(mute))));
        assertThat(muted.verdict().regression().orElseThrow().confirmation()).isEmpty();
        assertThat(muted.verdict().status()).isNotIn(Status.UNSTABLE, Status.FAIL);
    }

    @Test
    void theResultFileKeepsTheSecondRoundsFiguresAndNoTimelines() throws Exception {
        reports(1000, 800);

        JudgedResult judged = run(SUSPECT);

        assertThat(judged.secondRound().orElseThrow().run().samples()).allSatisfy(sample -> {
            assertThat(sample.figure(Metrics.DOWNTIME_REPORTED)).isPresent();
            assertThat(sample.phases()).isEmpty();
            assertThat(sample.evidence()).isEmpty();
        });
        String first = ResultFile.text(new JudgedResult(1, judged.result(), judged.verdict()));
        assertThat(ResultFile.text(judged).length()).isLessThan(2 * first.length());
    }
}
