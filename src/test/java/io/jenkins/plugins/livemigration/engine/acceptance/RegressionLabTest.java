package io.jenkins.plugins.livemigration.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.podman.Lab;
import io.jenkins.plugins.livemigration.engine.migrate.podman.LabExtension;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Calibration.CalibratedFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Confirmation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real runs compared with real runs: four good ones, limits derived from them, and a slow network that stays, or is gone,
 * when the whole lab is started anew between the two rounds.
 */
@Tag("lab")
@ExtendWith(LabExtension.class)
@Timeout(900)
class RegressionLabTest {
    private static final int GOOD = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Duration RESTART = Duration.ofMinutes(2);
    private static final long RESULT_BYTES = 100_000_000;
    /** 16 MB of memory take six and a half seconds. */
    private static final String SLOW = "--rate 20mbit";

    @TempDir
    static Path folder;

    private static String restart = "";
    private static Path plan = Path.of("");

    /** The lab's hosts go down and come up again, with the options that a file names. */
    @BeforeAll
    static void makesGoodRuns(Lab lab) throws Exception {
        String scripts = Path.of(System.getProperty("lmb.home", "."), "lab")
                .toAbsolutePath()
                .toString();
        String instance = "--name %s --dir %s".formatted(lab.get("LAB_NAME"), lab.get("LAB_DIR"));
        Path options = folder.resolve("lab-options");
        restart = "%1$s/down %2$s && %1$s/up %2$s --net %3$s --store %4$s $(cat %5$s)"
                .formatted(scripts, instance, lab.get("LAB_NET"), lab.get("LAB_STORE"), options);
        startLab("");
        plan = plan(lab, "compared", "");
        for (int i = 1; i <= GOOD; i++) {
            ran(plan, "runs/good-" + i);
        }
    }

    @AfterAll
    static void leavesTheLabAsItWas() throws Exception {
        startLab("");
    }

    @Test
    void aSlowNetworkThatIsStillSlowAfterAFreshStartFailsTheRun() throws Exception {
        startLab(SLOW);

        EngineProcess.Ended ended = compared("compared/slow");

        assertThat(said(ended))
                .contains("after a fresh start it runs once more: default")
                .contains("again after a fresh start (first round, second round)");
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(11);
        JudgedResult judged = judged("compared/slow");
        assertThat(judged.verdict().status()).isEqualTo(Status.FAIL);
        Confirmation confirmation = confirmation(judged);
        assertThat(confirmation.freshness()).isEqualTo(Confirmation.Freshness.FRESH_START);
        assertThat(confirmation.rounds())
                .filteredOn(round -> round.first().metric().equals("downtime.observed"))
                .hasSize(1)
                .allMatch(Confirmation.Round::confirmed);
        assertThat(judged.secondRound().orElseThrow().complete()).isTrue();
        assertThat(report("compared/slow"))
                .contains("Second round, after a fresh start")
                .contains("confirmed after a fresh start");
        assertThat(Files.readString(folder.resolve("compared/slow/samples.csv")))
                .contains(",2,");
    }

    @Test
    void aSlowNetworkThatTheFreshStartMendedIsClearedAndSaidSo() throws Exception {
        startLab(SLOW);
        afterwards("");

        EngineProcess.Ended ended = compared("compared/mended");

        assertThat(said(ended)).contains("The suspicion was not confirmed").contains("after a fresh start");
        JudgedResult judged = judged("compared/mended");
        assertThat(judged.verdict().status()).isNotIn(Status.UNSTABLE, Status.FAIL);
        Confirmation confirmation = confirmation(judged);
        assertThat(confirmation.freshness()).isEqualTo(Confirmation.Freshness.FRESH_START);
        assertThat(confirmation.rounds())
                .isNotEmpty()
                .allMatch(round -> round.first().alarmed())
                .noneMatch(Confirmation.Round::confirmed);
        assertThat(report("compared/mended")).contains("seemed worse, but not after a fresh start");
    }

    @Test
    void limitsAreDerivedFromRealRunsAndAreAPieceOfAPlan(Lab lab) throws Exception {
        startLab("");
        Path calibrating = plan(lab, "calibrating", "calibrate: true\n");

        EngineProcess.Ended ended = ran(calibrating, "runs/good-5");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(said(ended)).contains("limits and noise floors of 2 figures were derived from");
        List<CalibratedFigure> figures =
                judged("runs/good-5").verdict().calibration().orElseThrow().figures();
        assertThat(figures)
                .extracting(CalibratedFigure::metric)
                .containsExactlyInAnyOrder("downtime.observed", "migrationTime.platform");
        assertThat(figures).allSatisfy(figure -> {
            assertThat(figure.level()).isPositive();
            assertThat(figure.unstable()).isGreaterThan(figure.level());
            assertThat(figure.fail()).isGreaterThan(figure.unstable());
        });
        String fragment = Files.readString(folder.resolve("runs/good-5/calibration.yaml"));
        assertThat(report("runs/good-5")).contains("noiseFloors:");
        Path limited = plan(lab, "limited", fragment, "");
        EngineProcess.Ended checked = EngineProcess.run(folder, "check", limited.toString());
        assertThat(checked.exitCode()).as(checked.output()).isZero();

        List<String> command = new ArrayList<>(List.of("calibrate"));
        for (int i = 1; i <= GOOD; i++) {
            command.add("runs/good-" + i);
        }
        EngineProcess.Ended afterwards = EngineProcess.run(folder, command.toArray(String[]::new));
        assertThat(afterwards.exitCode()).as(afterwards.output()).isZero();
        System.out.printf("calibrated by a run:%n%s%ncalibrated afterwards:%n%s%n", fragment, afterwards.output());
        Path also = plan(lab, "limited-afterwards", afterwards.output(), "");
        EngineProcess.Ended checkedAlso = EngineProcess.run(folder, "check", also.toString());
        assertThat(checkedAlso.exitCode()).as(checkedAlso.output()).isZero();
    }

    /** The plan that all share; only what takes three times as long matters, since the machine may be busy. */
    private static Path plan(Lab lab, String file, String more) throws IOException {
        return plan(lab, file, more, """
                regression:
                  mustFind: 200 %
                  relevantChanges: {downtime.observed: {relative: 200 %}, migrationTime.platform: {relative: 200 %}}
                """);
    }

    private static Path plan(Lab lab, String file, String more, String regression) throws IOException {
        String keys =
                """
                workload:
                  start:
                    on: host-a
                    run: |
                      podman rm --force --time 0 %2$s >/dev/null 2>&1
                      ip address replace %1$s/24 dev eth0 && arping -q -c 1 -A -I eth0 %1$s
                      podman run --detach --name %2$s --network host %3$s --port %4$d --memory-mb 16 --fill random
                  stop:
                    on: host-a
                    run: podman rm --force --time 0 %2$s && ip address delete %1$s/24 dev eth0
                confirm:
                  freshStart:
                    commands:
                      - {on: local, run: "%5$s", timeout: 2 min}
                """.formatted(lab.get("LAB_FLOATING"), LabService.NAME, lab.get("LAB_IMAGE"), LabService.PORT, restart);
        return new PlanFile(lab)
                .samples(3)
                .after("500 ms")
                .with(keys + regression + more)
                .write(folder, file, "compared");
    }

    private static EngineProcess.Ended ran(Path what, String where) throws Exception {
        try (EngineProcess engine = EngineProcess.start(folder, "run", what.toString(), "--folder", where)) {
            return engine.await(PATIENCE);
        }
    }

    /** A run that is held against the good ones alone. */
    private static EngineProcess.Ended compared(String where) throws Exception {
        List<String> command = new ArrayList<>(List.of("run", plan.toString(), "--folder", where, "--baseline"));
        for (int i = 1; i <= GOOD; i++) {
            command.add("runs/good-" + i);
        }
        try (EngineProcess engine = EngineProcess.start(folder, command.toArray(String[]::new))) {
            return engine.await(PATIENCE);
        }
    }

    /** Without the breaks of lines that fit the terminal. */
    private static String said(EngineProcess.Ended ended) {
        System.out.println(ended.output());
        return ended.output().replaceAll("\\s+", " ");
    }

    private static JudgedResult judged(String where) throws IOException {
        return ResultFile.read(folder.resolve(where).resolve(ResultFile.NAME), RESULT_BYTES);
    }

    private static Confirmation confirmation(JudgedResult judged) {
        return judged.verdict().regression().orElseThrow().confirmation().orElseThrow();
    }

    private static String report(String where) throws IOException {
        return Files.readString(folder.resolve(where).resolve("report.html"));
    }

    /** With which options the lab comes up whenever it is started from now on. */
    private static void afterwards(String options) throws IOException {
        Files.writeString(folder.resolve("lab-options"), options);
    }

    private static void startLab(String options) throws Exception {
        afterwards(options);
        CommandResult restarted = new LocalHost("here").run(restart, RESTART);
        assertThat(restarted.ok()).as(restarted.complaint()).isTrue();
    }
}
