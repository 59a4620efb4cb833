package io.jenkins.plugins.livemigration.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.podman.Lab;
import io.jenkins.plugins.livemigration.engine.migrate.podman.LabExtension;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can happen to the engine itself. After each the service runs, exactly once, with what it remembered. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@Timeout(240)
class EngineFaultsLabTest {
    private static final Duration STEP = Duration.ofSeconds(60);
    private static final Duration GATE_VALIDITY = Duration.ofSeconds(30);
    private static final String NOBODY = ".77";

    @TempDir
    Path folder;

    private Lab lab;
    private LabService service;
    private String identity;

    @BeforeEach
    void startTheService(Lab running) throws Exception {
        lab = running;
        service = new LabService(lab);
        service.startAfresh(64, 2);
        identity = service.ask().get("id");
    }

    @AfterEach
    void removeTheService() throws Exception {
        service.wipe();
        service.close();
    }

    @Test
    void gateOpensByItselfWhenTheEngineIsKilledDuringTheCheckpoint() throws Exception {
        RunFiles run = killDuring("checkpoint");
        assertThat(service.gateClosed(Lab.B))
                .as("closed at the source when it was killed")
                .isTrue();
        await().pollInterval(Duration.ofMillis(500))
                .atMost(GATE_VALIDITY.plusSeconds(10))
                .until(() -> !service.gateClosed(Lab.A) && !service.gateClosed(Lab.B));
        showsWhatWasMeasured(run);
        recovers(run);
        theNextRunWorks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"transfer", "restore"})
    void comesBackWhenTheEngineIsKilledDuringThe(String phase) throws Exception {
        RunFiles run = killDuring(phase);
        recovers(run);
        showsWhatWasMeasured(run);
        theNextRunWorks();
    }

    @Test
    void bringsTheServiceHomeOnCtrlC() throws Exception {
        Path plan = new PlanFile(lab).samples(3).write(folder, "interrupted");
        RunFiles run = new RunFiles(folder.resolve("run"));
        try (EngineProcess engine = EngineProcess.start(folder, "run", plan.toString(), "--folder", "run")) {
            run.awaitPhase(engine, 1, "checkpoint");
            engine.interrupt();
            EngineProcess.Ended ended = engine.await();
            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(130);
        }
        RunResult result = run.result();
        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INTERRUPTED);
        assertThat(result.samples()).extracting(Sample::outcome).containsExactly(new Outcome.Cancelled());
        assertThat(run.folder().resolve("report.html")).isNotEmptyFile();
        assertThat(run.folder().resolve("junit.xml")).isNotEmptyFile();
        theServiceIsHome();
        theNextRunWorks();
    }

    @Test
    void refusesASecondRunOfTheSameWorkload() throws Exception {
        Path plan = new PlanFile(lab).samples(1).write(folder, "twice");
        RunFiles first = new RunFiles(folder.resolve("first"));
        try (EngineProcess engine = EngineProcess.start(folder, "run", plan.toString(), "--folder", "first")) {
            first.awaitEvent(engine, event -> event instanceof JournalEvent.LeaseAcquired);
            String runId = first.journal()
                    .first(JournalEvent.RunStarted.class)
                    .orElseThrow()
                    .runId();
            EngineProcess.Ended second = EngineProcess.run(folder, "run", plan.toString(), "--folder", "second");
            assertThat(second.exitCode()).as(second.output()).isEqualTo(5);
            assertThat(second.output().replaceAll("\\s+", " "))
                    .contains(System.getProperty("user.name") + "@")
                    .contains("run " + runId);
            EngineProcess.Ended ended = engine.await();
            assertThat(ended.exitCode()).as(ended.output()).isZero();
        }
        assertThat(first.result().samples()).extracting(Sample::outcome).containsOnly(new Outcome.Succeeded());
        theServiceIsHome();
    }

    @Test
    void endsAfterTheSampleWhenTheStarterIsSilent() throws Exception {
        Path plan = new PlanFile(lab).samples(10).write(folder, "abandoned");
        RunFiles run = new RunFiles(folder.resolve("run"));
        EngineProcess.Ended ended =
                EngineProcess.run(folder, "run", plan.toString(), "--folder", "run", "--lease", "8s");
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(130);
        RunResult result = run.result();
        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INTERRUPTED);
        assertThat(result.samples())
                .hasSizeBetween(1, 10)
                .extracting(Sample::outcome)
                .containsOnly(new Outcome.Succeeded());
        theServiceIsHome();
    }

    @Test
    void endsInOrderWhenTheDiskOfTheRunIsFull() throws Exception {
        Path full = Files.createDirectory(folder.resolve("full"));
        shell("mount -t tmpfs -o size=256k lmb-test " + full);
        try {
            Path plan = new PlanFile(lab).samples(5).intervalMillis(1).write(folder, "disk-full");
            EngineProcess.Ended ended = EngineProcess.run(
                    folder,
                    "run",
                    plan.toString(),
                    "--folder",
                    full.resolve("run").toString());
            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(130);
            assertThat(ended.output())
                    .contains("The journal could not be written: No space left on device")
                    .contains("The reports could not be written")
                    .doesNotContain("\tat io.jenkins");
            assertThat(new RunFiles(full.resolve("run")).journal().entries()).isNotEmpty();
        } finally {
            shell("umount " + full);
        }
        theServiceIsHome();
        theNextRunWorks();
    }

    @Test
    void touchesNothingWhenTheDestinationCannotBeReached() throws Exception {
        String nowhere = lab.get("LAB_NET") + NOBODY;
        Path plan = new PlanFile(lab).destination(nowhere).write(folder, "unreachable");
        EngineProcess.Ended ended = EngineProcess.run(folder, "run", plan.toString(), "--folder", "run");
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(4);
        assertThat(ended.output()).contains("host-b").contains("cannot be reached");
        RunResult result = new RunFiles(folder.resolve("run")).result();
        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.INFRASTRUCTURE);
        assertThat(result.samples()).isEmpty();
        theServiceIsHome();
    }

    /** Runs until a phase of the second sample, and kills the engine there. */
    private RunFiles killDuring(String phase) throws Exception {
        Path plan = new PlanFile(lab).samples(3).write(folder, "killed-during-" + phase);
        RunFiles run = new RunFiles(folder.resolve("killed"));
        try (EngineProcess engine = EngineProcess.start(folder, "run", plan.toString(), "--folder", "killed")) {
            run.awaitPhase(engine, 2, phase);
            engine.kill();
        }
        assertThat(run.journal().first(JournalEvent.RunEnded.class)).isEmpty();
        return run;
    }

    private void showsWhatWasMeasured(RunFiles run) throws Exception {
        EngineProcess.Ended report =
                EngineProcess.run(folder, "report", run.folder().toString());
        assertThat(report.exitCode()).as(report.output()).isZero();
        assertThat(run.folder().resolve("report.html")).isNotEmptyFile();
        RunResult result = run.result();
        assertThat(result.end().kind()).isEqualTo(RunEnd.Kind.KILLED);
        assertThat(result.samples())
                .extracting(Sample::outcome)
                .containsExactly(new Outcome.Succeeded(), new Outcome.Unfinished());
    }

    private void recovers(RunFiles run) throws Exception {
        EngineProcess.Ended recovery =
                EngineProcess.run(folder, "recover", run.folder().toString());
        assertThat(recovery.exitCode()).as(recovery.output()).isZero();
        assertThat(service.runsOn()).as(recovery.output()).hasSize(1);
        assertThat(service.ask()).containsEntry("id", identity);
        assertThat(service.leftovers()).isEmpty();
    }

    /** Moves it to and fro from wherever it is now. */
    private void theNextRunWorks() throws Exception {
        List<String> before = service.runsOn();
        Path plan = new PlanFile(lab).write(folder, "next");
        EngineProcess.Ended ended = EngineProcess.run(folder, "run", plan.toString(), "--folder", "next");
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(new RunFiles(folder.resolve("next")).result().samples())
                .hasSize(2)
                .extracting(Sample::outcome)
                .containsOnly(new Outcome.Succeeded());
        assertThat(service.runsOn()).isEqualTo(before);
        assertThat(service.ask()).containsEntry("id", identity);
        assertThat(service.leftovers()).isEmpty();
    }

    private void theServiceIsHome() throws Exception {
        assertThat(service.runsOn()).containsExactly(Lab.A);
        assertThat(service.ask()).containsEntry("id", identity);
        assertThat(service.leftovers()).isEmpty();
    }

    private static void shell(String command) throws InterruptedException {
        CommandResult result = new LocalHost("here").run(command, STEP);
        assertThat(result.ok()).as("%s: %s", command, result.complaint()).isTrue();
    }
}
