package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Confirmation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The fresh start between the rounds of a run that confirms a suspicion. */
class FreshStartTest extends SuspectedRunTestBase {
    @Test
    void aSecondRoundAfterAFreshStartFailsWhatWasOnlyUnstable() throws Exception {
        reports(910, 910);
        Path trace = directory.resolve("restarted");

        JudgedResult judged = run(SUSPECT + "confirm: {freshStart: {commands: [{on: here, run: 'echo host >> " + trace
                + "'}, {on: here, run: 'echo lab >> " + trace + "'}]}}");

        assertThat(Files.readAllLines(trace)).containsExactly("host", "lab");
        assertThat(judged.secondRound().orElseThrow().freshness()).isEqualTo(Confirmation.Freshness.FRESH_START);
        assertThat(judged.verdict().status()).isEqualTo(Status.FAIL);
        assertThat(judged.verdict().sentence().toString()).contains("again after a fresh start");
    }

    @Test
    void startsTheWorkloadAnewBeforeTheSecondRound() throws Exception {
        reports(1000, 1000);
        Path trace = directory.resolve("started");

        run(SUSPECT + "workload: {start: {on: here, run: 'echo start >> " + trace
                + "'}, stop: {on: here, run: 'echo stop >> " + trace + "'}}\nconfirm: {freshStart: workload}");

        assertThat(Files.readAllLines(trace)).containsExactly("start", "stop", "start", "stop");
    }

    @Test
    void keepsTheFirstVerdictIfTheFreshStartFails() throws Exception {
        reports(1000, 800);

        JudgedResult judged =
                run(SUSPECT + "confirm: {freshStart: {commands: [{on: here, run: 'echo no power >&2; exit 3'}]}}");

        assertThat(figure(judged)).isIn(Status.UNSTABLE, Status.FAIL);
        assertThat(judged.result().end().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(judged.verdict().regression().orElseThrow().notes())
                .extracting(Message::toString)
                .anyMatch(note -> note.contains("the fresh start failed") && note.contains("no power"));
        assertThat(platform.moves).hasSize(10);
    }

    @Test
    void takesBackALeaseThatAFreshStartForgot() throws Exception {
        reports(1000, 800);
        FakePlatform.FakeLeases leases = platform.leases;
        Path lease = directory.resolve("lease");

        String keys = SUSPECT + "confirm: {freshStart: {commands: [{on: here, run: touch " + lease + "}]}}";
        JudgedResult judged = run(keys, handedIn(keys), event -> {
            if (event instanceof JournalEvent.ConfirmationStarted) {
                leases.holder = Optional.empty();
            }
        });

        assertThat(lease).exists();
        assertThat(judged.secondRound().orElseThrow().complete()).isTrue();
        assertThat(leases.acquired).isEqualTo(2);
    }

    @Test
    void touchesNothingMoreIfSomebodyElseTookTheLeaseMeanwhile() throws Exception {
        reports(1000, 800);

        String keys = SUSPECT + "confirm: {freshStart: {commands: [{on: here, run: 'true'}]}}";
        JudgedResult judged = run(keys, handedIn(keys), event -> {
            if (event instanceof JournalEvent.ConfirmationStarted) {
                platform.leases.holder = Optional.of(new LeaseStore.Holder("a", "somebody", Optional.empty(), false));
            }
        });

        assertThat(platform.moves).hasSize(10);
        assertThat(judged.result().end().reason().key()).isEqualTo("engine.leftAfterLeaseLost");
        assertThat(figure(judged)).isIn(Status.UNSTABLE, Status.FAIL);
    }
}
