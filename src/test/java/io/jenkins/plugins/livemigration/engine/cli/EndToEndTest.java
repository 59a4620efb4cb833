package io.jenkins.plugins.livemigration.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The whole engine through its command line: measured, judged, reported, and compared with earlier runs. */
class EndToEndTest extends CommandLineTestBase {
    @Test
    void measuresAnOutageThatAProbeSeesAndThePlatformReports() throws Exception {
        try (PausableEcho service = new PausableEcho()) {
            // The command pauses the service for 300 ms, as a switch-over would, and says so.
            int exit = run(plan(service, 2, "median", "2 s"));

            assertThat(exit).as(out + "\n" + err).isZero();
            JudgedResult judged = result();
            assertThat(judged.verdict().status()).isEqualTo(Status.PASS);
            assertThat(judged.result().samples()).hasSize(4).allSatisfy(sample -> {
                assertThat(sample.outcome()).isEqualTo(new Outcome.Succeeded());
                assertThat(sample.figure(Metrics.DOWNTIME_REPORTED))
                        .get()
                        .isInstanceOfSatisfying(
                                Figure.Measured.class,
                                figure -> assertThat(figure.value()).isEqualTo(300));
                assertThat(sample.figure(Metrics.DOWNTIME_OBSERVED))
                        .get()
                        .isInstanceOfSatisfying(Figure.Measured.class, figure -> {
                            assertThat(figure.lower()).isLessThan(figure.upper());
                            assertThat(figure.upper()).isGreaterThan(280);
                        });
                assertThat(sample.phases()).extracting("name").containsExactly("switch-over");
            });
            assertThat(out.toString()).contains("PASS").contains("report.html");
        }
    }

    @Test
    void failsTheRunByALimitWithASentenceThatSaysWhy() throws Exception {
        try (PausableEcho service = new PausableEcho()) {
            int exit = run(plan(service, 1, "worst", "100 ms"));

            assertThat(exit).as(out + "\n" + err).isEqualTo(ExitCode.FAIL.number());
            assertThat(out.toString())
                    .contains("FAIL")
                    .contains("downtime.observed")
                    .contains("100 ms");
        }
    }

    @Test
    void aReportMadeAnewFromTheJournalIsTheSame() throws Exception {
        try (PausableEcho service = new PausableEcho()) {
            run(plan(service, 1, "median", "2 s"));
        }
        Path run = runFolder();
        String first = Files.readString(run.resolve(ResultFile.NAME));
        Files.delete(run.resolve(ResultFile.NAME));

        int exit = lmb("report", run.toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(Files.readString(run.resolve(ResultFile.NAME))).isEqualTo(first);
    }

    @Test
    void comparesWithEarlierRunsAndAgainWhenTheReportIsMadeAnew() throws Exception {
        try (PausableEcho service = new PausableEcho()) {
            Path plan = plan(service, 3, "median", "2 s");
            run(plan);
            for (int day = 1; day <= 3; day++) {
                copy(runFolder(), day);
            }

            int exit = run(plan);

            assertThat(exit).as(out + "\n" + err).isIn(0, ExitCode.INCONCLUSIVE.number());
            assertThat(out.toString()).contains("Against earlier runs", "Baseline: 4 runs");
        }
        Path newest = newestRunFolder();
        JudgedResult judged = ResultFile.read(newest.resolve(ResultFile.NAME), 1 << 24);
        assertThat(judged.verdict().regression().orElseThrow().builds()).hasSize(4);
        assertThat(newest.resolve("baseline.json")).exists();
        assertThat(Files.readString(newest.resolve("report.html"))).contains("id=\"baseline\"");
        String first = Files.readString(newest.resolve(ResultFile.NAME));
        copy(newest, 9);

        assertThat(lmb("report", newest.toString())).as(err.toString()).isZero();

        assertThat(Files.readString(newest.resolve(ResultFile.NAME))).isEqualTo(first);
    }

    @Test
    void comparesWithNothingIfSoAsked() throws Exception {
        try (PausableEcho service = new PausableEcho()) {
            Path plan = plan(service, 1, "median", "2 s");
            run(plan);
            String runs = folder.resolve("runs").toString();

            assertThat(lmb("run", plan.toString(), "--output", runs, "--no-history"))
                    .isZero();
            assertThat(out.toString()).doesNotContain("Against earlier runs");
            assertThat(lmb("run", plan.toString(), "--output", runs, "--baseline", runs + "/none"))
                    .isEqualTo(ExitCode.BAD_PLAN.number());
            assertThat(err.toString()).contains("none");
        }
    }

    /** The same run as if it had been measured some days before. */
    private void copy(Path run, int days) throws IOException {
        JudgedResult judged = ResultFile.read(run.resolve(ResultFile.NAME), 1 << 24);
        RunResult result = judged.result();
        RunResult earlier = new RunResult(
                result.name(),
                "earlier-" + days,
                result.engineVersion(),
                result.plan(),
                result.startedAt().minus(Duration.ofDays(days)),
                result.endedAt(),
                result.end(),
                result.environment(),
                result.clocks(),
                result.findings(),
                result.notes(),
                result.samples());
        Path copy = Files.createDirectories(folder.resolve("runs").resolve("earlier-" + days));
        ResultFile.write(new JudgedResult(judged.formatVersion(), earlier, judged.verdict()), copy);
    }

    @Test
    void ajournalCutByAKillStillGivesAReport() throws Exception {
        try (PausableEcho service = new PausableEcho()) {
            run(plan(service, 2, "median", "2 s"));
        }
        Path run = runFolder();
        Path journal = run.resolve(Journal.FILE);
        String text = Files.readString(journal);
        int second = text.indexOf("\"sample-started\"", text.indexOf("\"sample-ended\""));
        Files.writeString(journal, text.substring(0, text.indexOf('\n', second + 400) + 30), StandardCharsets.UTF_8);

        int exit = lmb("report", run.toString());

        assertThat(exit).as(err.toString()).isZero();
        List<Sample> samples = result().result().samples();
        assertThat(samples.get(0).counts()).isTrue();
        assertThat(samples.get(samples.size() - 1).outcome()).isInstanceOf(Outcome.Unfinished.class);
    }

    private Path newestRunFolder() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.filter(run -> Files.exists(run.resolve(Journal.FILE)))
                    .max(Comparator.comparing(
                            run -> run.resolve(Journal.FILE).toFile().lastModified()))
                    .orElseThrow();
        }
    }

    private JudgedResult result() throws IOException {
        return ResultFile.read(runFolder().resolve(ResultFile.NAME), 1 << 24);
    }
}
