package io.jenkins.plugins.livemigration.jenkins.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.livemigration.engine.history.Decisions;
import io.jenkins.plugins.livemigration.engine.history.PinnedBuilds;
import io.jenkins.plugins.livemigration.engine.history.SyntheticRuns;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Reevaluation;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Acceptance;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineBuild;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobBaselineTest {
    @TempDir
    Path folder;

    @Test
    void isOfTheJobsOwnGoodBuildsBeforeIt() throws Exception {
        FakeJob job = new FakeJob(folder.resolve("web"), "web");
        builds(job, 800, 805, 795);
        job.history().appendWithoutResult(4, "web", Instant.EPOCH);
        Files.createDirectories(job.getBuildDir().toPath().resolve("4"));
        add(job, 5, run(5, 800), RunEnd.Kind.INFRASTRUCTURE);
        add(job, 6, run(6, 800), RunEnd.Kind.COMPLETED);

        Baseline baseline = new JobBaseline(job.run(6), Optional.empty())
                .of("web", run(6, 800).plan())
                .orElseThrow();

        assertThat(baseline.builds()).extracting(BaselineBuild::label).containsExactly("#1", "#2", "#3");
        assertThat(baseline.skipped())
                .extracting(skipped -> skipped.label() + ": " + skipped.reason())
                .containsExactly("#4: has no result", "#5: failed or did not run to its end");
    }

    @Test
    void isNothingForTheFirstBuild() throws Exception {
        FakeJob job = new FakeJob(folder.resolve("new"), "new");
        assertThat(new JobBaseline(job.run(1), Optional.empty()).of("web", JsonNodeFactory.instance.objectNode()))
                .isEmpty();
    }

    @Test
    void isOfAnotherJobsBuildsUnderThatJobsName() throws Exception {
        FakeJob main = new FakeJob(folder.resolve("main"), "product/main");
        builds(main, 800, 805);
        FakeJob branch = new FakeJob(folder.resolve("branch"), "product/branch");

        Baseline baseline = new JobBaseline(branch.run(1), Optional.of(main))
                .of("web", run(9, 800).plan())
                .orElseThrow();

        assertThat(baseline.builds())
                .extracting(BaselineBuild::label)
                .containsExactly("product/main #1", "product/main #2");
    }

    @Test
    void bringsWhatWasDecidedAndPinned() throws Exception {
        FakeJob job = new FakeJob(folder.resolve("web"), "web");
        builds(job, 800, 805, 795);
        JobDecisions decisions = JobDecisions.of(job);
        Acceptance acceptance =
                new Acceptance("downtime.observed", "default", "#3", SyntheticRuns.START, "ann", "encryption");
        decisions.decide("ann", "accept", all -> all.and(new Decisions.Accepted("web", acceptance, Instant.EPOCH)));
        BaselineBuild golden = BuildFigures.of("#1", run(0, 800));
        decisions.pin("ann", "pin", pins -> pins.and(new PinnedBuilds.Pinned("web", golden, "ann", "", Instant.EPOCH)));

        Baseline baseline = new JobBaseline(job.run(4), Optional.empty())
                .of("web", run(9, 800).plan())
                .orElseThrow();

        assertThat(baseline.acceptances()).containsExactly(acceptance);
        assertThat(baseline.golden()).containsExactly(golden);
        assertThat(Files.readString(History.folder(job).resolve("decisions.jsonl")))
                .contains("\"who\":\"ann\"")
                .hasLineCount(2);
        decisions.pin("ann", "unpin", pins -> pins.without("web", "#1"));
        assertThat(decisions.pins().pinned()).isEmpty();
    }

    @Test
    void findsAJumpAgainstIt() throws Exception {
        FakeJob job = new FakeJob(folder.resolve("web"), "web");
        builds(job, 800, 805, 795, 803, 798, 801);
        RunResult jump = run(7, 1600);
        Baseline baseline = new JobBaseline(job.run(7), Optional.empty())
                .of("web", jump.plan())
                .orElseThrow();
        assertThat(Reevaluation.of(judged(jump), Optional.of(baseline))
                        .verdict()
                        .status())
                .isEqualTo(Status.FAIL);
    }

    private static void builds(FakeJob job, double... downtimes) throws IOException {
        for (int i = 0; i < downtimes.length; i++) {
            add(job, i + 1, run(i, downtimes[i]), RunEnd.Kind.COMPLETED);
        }
    }

    private static RunResult run(int day, double downtime) {
        return SyntheticRuns.run(day, "6.1", Map.of("default", downtime), RunEnd.Kind.COMPLETED);
    }

    private static JudgedResult judged(RunResult run) {
        return new JudgedResult(JudgedResult.FORMAT_VERSION, run, new Judge(Map.of(), List.of()).judge(run));
    }

    private static void add(FakeJob job, int number, RunResult result, RunEnd.Kind end) throws IOException {
        RunResult run = end == RunEnd.Kind.COMPLETED
                ? result
                : SyntheticRuns.run(number, "6.1", Map.of(), RunEnd.Kind.INFRASTRUCTURE);
        Path place = Files.createDirectories(job.getBuildDir()
                .toPath()
                .resolve(Integer.toString(number))
                .resolve(BuildFolders.OURS)
                .resolve("1"));
        ResultFile.write(judged(run), place);
        job.history().append(number, "1", judged(run));
    }
}
