package io.jenkins.plugins.livemigration.jenkins.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.history.Decisions;
import io.jenkins.plugins.livemigration.engine.history.KeptBaseline;
import io.jenkins.plugins.livemigration.engine.history.SyntheticRuns;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Reevaluation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Acceptance;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestVerdictTest {
    private static final Locale INDONESIAN = Locale.forLanguageTag("id");

    @TempDir
    Path folder;

    private FakeJob job;

    @BeforeEach
    void aJob() {
        job = new FakeJob(folder.resolve("web"), "web");
    }

    @Test
    void thereIsNoneBeforeTheFirstBenchmark() {
        assertThat(LatestVerdict.of(job, Locale.ENGLISH)).isEmpty();
    }

    @Test
    void isThatOfTheNewestBuildInTheReadersLanguage() throws Exception {
        add(1, 800);
        JudgedResult newest = add(2, 805);

        LatestVerdict verdict = LatestVerdict.of(job, Locale.ENGLISH).orElseThrow();

        assertThat(verdict.getJob()).isSameAs(job);
        assertThat(verdict.getStatus()).isEqualTo(newest.verdict().status().name());
        assertThat(verdict.getSign()).isNotEmpty().doesNotContain("✕");
        assertThat(verdict.getSource()).isEqualTo("web #2");
        assertThat(verdict.getSentence()).isEqualTo(newest.verdict().sentence().render(Locale.ENGLISH));
        assertThat(verdict.getSmall()).isNotNull();
        assertThat(LatestVerdict.of(job, INDONESIAN).orElseThrow().getSentence())
                .isEqualTo(newest.verdict().sentence().render(INDONESIAN))
                .isNotEqualTo(verdict.getSentence());
    }

    @Test
    void readsAResultOnlyOnce() throws Exception {
        add(1, 800);
        String sentence = LatestVerdict.of(job, Locale.ENGLISH).orElseThrow().getSentence();
        Files.delete(place(1).resolve(ResultFile.NAME));

        assertThat(LatestVerdict.of(job, Locale.ENGLISH).orElseThrow().getSentence())
                .isNotEmpty()
                .isEqualTo(sentence);
    }

    @Test
    void aRunWithoutResultHasNoSentence() throws Exception {
        add(1, 800);
        Files.createDirectories(job.getBuildDir().toPath().resolve("2"));
        job.history().appendWithoutResult(2, "web", Instant.EPOCH);

        LatestVerdict verdict = LatestVerdict.of(job, Locale.ENGLISH).orElseThrow();

        assertThat(verdict.getStatus()).isEqualTo("NO_RESULT");
        assertThat(verdict.getSign()).isEqualTo("✕");
        assertThat(verdict.getSentence()).isEmpty();
        assertThat(verdict.getSource()).isEqualTo("web #2");
    }

    @Test
    void aDeletedBuildIsTheNewestNoMore() throws Exception {
        add(1, 800);
        add(2, 805);
        Files.delete(place(2).resolve(ResultFile.NAME));
        Files.delete(place(2));
        Files.delete(place(2).getParent());
        Files.delete(place(2).getParent().getParent());

        assertThat(LatestVerdict.of(job, Locale.ENGLISH).orElseThrow().getSource())
                .isEqualTo("web #1");
    }

    @Test
    void isJudgedAnewWhenSomebodyHasDecided() throws Exception {
        for (int build = 1; build <= 6; build++) {
            add(build, 797 + build);
        }
        RunResult jump = run(7, 1600);
        Baseline baseline = new JobBaseline(job.run(7), Optional.empty())
                .of("web", jump.plan())
                .orElseThrow();
        JudgedResult fails = Reevaluation.of(judged(jump), Optional.of(baseline));
        add(7, fails);
        KeptBaseline.write(place(7), baseline);
        LatestVerdict then = LatestVerdict.of(job, Locale.ENGLISH).orElseThrow();
        assertThat(then.getStatus()).isEqualTo("FAIL");

        Acceptance acceptance =
                new Acceptance("downtime.observed", "default", "#7", jump.startedAt(), "ann", "encryption");
        JobDecisions.of(job)
                .decide("ann", "accept", all -> all.and(new Decisions.Accepted("web", acceptance, Instant.EPOCH)));
        new Verdicts(job).reconsider("web", 7);

        LatestVerdict now = LatestVerdict.of(job, Locale.ENGLISH).orElseThrow();
        assertThat(now.getStatus()).isEqualTo("INSUFFICIENT_BASELINE");
        assertThat(now.getSentence())
                .isEqualTo("Without 3 comparable builds yet, so not compared: default downtime.observed.");
    }

    private Path place(int number) {
        return job.getBuildDir()
                .toPath()
                .resolve(Integer.toString(number))
                .resolve(BuildFolders.OURS)
                .resolve("1");
    }

    private JudgedResult add(int number, double downtime) throws IOException {
        JudgedResult judged = judged(run(number, downtime));
        add(number, judged);
        return judged;
    }

    private void add(int number, JudgedResult judged) throws IOException {
        ResultFile.write(judged, Files.createDirectories(place(number)));
        job.history().append(number, "1", judged);
    }

    private static RunResult run(int day, double downtime) {
        return SyntheticRuns.run(day, "6.1", Map.of("default", downtime), RunEnd.Kind.COMPLETED);
    }

    private static JudgedResult judged(RunResult run) {
        return new JudgedResult(JudgedResult.FORMAT_VERSION, run, new Judge(Map.of(), List.of()).judge(run));
    }
}
