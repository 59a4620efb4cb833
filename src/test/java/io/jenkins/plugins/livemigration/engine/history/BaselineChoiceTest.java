package io.jenkins.plugins.livemigration.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice.Source;
import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Acceptance;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineBuild;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineFile;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Mute;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RegressionRule;
import io.jenkins.plugins.livemigration.engine.verdict.regression.SkippedBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineChoiceTest {
    private static final RunResult RUN = SyntheticRuns.run(30, "6.12", Map.of("default", 800.0), RunEnd.Kind.COMPLETED);

    @TempDir
    Path directory;

    private SyntheticRuns runs;
    private Path own;

    @BeforeEach
    void prepare() {
        runs = new SyntheticRuns(directory);
        own = directory.resolve(RUN.runId() + "-web");
    }

    @Test
    void takesTheEarlierRunsBesideTheRunOldestFirst() throws IOException {
        runs.add(800, 810, 790);

        Baseline baseline = choose(BaselineChoice.BESIDE).orElseThrow();

        assertThat(baseline.builds())
                .extracting(BaselineBuild::label)
                .containsExactly("20260101T000000Z-0000", "20260102T000000Z-0001", "20260103T000000Z-0002");
        assertThat(baseline.skipped()).isEmpty();
    }

    @Test
    void saysWhyARunIsNotPartOfIt() throws IOException {
        runs.add(800);
        runs.addBroken(1);
        Path torn = runs.add(2, "6.1", Map.of("default", 800.0));
        Files.writeString(torn.resolve(ResultFile.NAME), "{\"formatVersion\": 1, ");
        Path running = Files.createDirectories(directory.resolve("20260105T000000Z-00ff-web"));
        Files.writeString(running.resolve(Journal.FILE), "");

        Baseline baseline = choose(BaselineChoice.BESIDE).orElseThrow();

        assertThat(baseline.builds()).hasSize(1);
        assertThat(baseline.skipped())
                .extracting(SkippedBuild::label, skipped -> skipped.reason().render(Locale.ENGLISH))
                .anySatisfy(skipped -> assertThat(skipped.toString()).contains("0001", "failed"))
                .anySatisfy(skipped -> assertThat(skipped.toString()).contains("0002", "cannot be read"))
                .anySatisfy(skipped -> assertThat(skipped.toString()).contains("00ff", "still running"));
    }

    @Test
    void passesOverOtherBenchmarksLaterRunsAndTheRunItself() throws IOException {
        runs.add(31, "6.1", Map.of("default", 800.0));
        runs.add(30, "6.1", Map.of("default", 800.0));
        Path other = Files.createDirectories(directory.resolve("20260102T000000Z-0001-database"));
        Files.writeString(other.resolve(ResultFile.NAME), "not even JSON");

        assertThat(choose(BaselineChoice.BESIDE)).isEmpty();
    }

    @Test
    void readsNoMoreThanTheWindowNeeds() throws IOException {
        for (int day = 0; day < 30; day++) {
            runs.add(day, "6.1", Map.of("default", 800.0));
        }
        RegressionPlan narrow =
                new RegressionPlan(3, Map.of(), Map.of(), Optional.empty(), RegressionPlan.DEFAULT.fixedFacts());

        assertThat(BaselineChoice.BESIDE
                        .baseline(RUN, own, narrow)
                        .orElseThrow()
                        .builds())
                .hasSize(6)
                .last()
                .satisfies(newest -> assertThat(newest.label()).isEqualTo("20260130T000000Z-001d"));
    }

    @Test
    void takesWhatIsNamedAndPinsWhatIsGolden() throws IOException {
        List<Path> folders = runs.add(800, 810, 790, 805);
        BaselineChoice choice = new BaselineChoice(
                new Source.Named(List.of(folders.get(0), folders.get(2).resolve(ResultFile.NAME))),
                List.of(folders.get(3)));

        Baseline baseline = choose(choice).orElseThrow();

        assertThat(baseline.builds())
                .extracting(BaselineBuild::label)
                .containsExactly("20260101T000000Z-0000", "20260103T000000Z-0002");
        assertThat(baseline.golden()).extracting(BaselineBuild::label).containsExactly("20260104T000000Z-0003");
        assertThat(choose(new BaselineChoice(new Source.Named(List.of(directory)), List.of()))
                        .orElseThrow()
                        .builds())
                .hasSize(4);
    }

    @Test
    void namesTheBranchThatAnotherDirectorysBuildsComeFrom() throws IOException {
        Path main = directory.resolve("main");
        new SyntheticRuns(main.resolve("runs")).add(800, 810, 790);
        new SyntheticRuns(directory.resolve("release")).addBroken(4);

        Baseline baseline = choose(new BaselineChoice(
                        new Source.Named(List.of(main.resolve("runs"), directory.resolve("release"))), List.of()))
                .orElseThrow();

        assertThat(baseline.builds())
                .extracting(BaselineBuild::label)
                .containsExactly(
                        "main 20260101T000000Z-0000", "main 20260102T000000Z-0001", "main 20260103T000000Z-0002");
        assertThat(baseline.skipped()).extracting(SkippedBuild::label).containsExactly("release 20260105T000000Z-0004");
    }

    @Test
    void takesALevelThatWasAcceptedInAnotherDirectoryAndNoMute() throws IOException {
        Path main = Files.createDirectories(directory.resolve("main"));
        new SyntheticRuns(main).add(800, 810, 790);
        Acceptance acceptance =
                new Acceptance("downtime.observed", "default", "b", SyntheticRuns.START, "ana", "new kernel");
        Mute mute = new Mute("bytes.ram", LocalDate.of(2026, 12, 31), "budi", "known");
        Instant now = Instant.parse("2026-02-01T00:00:00Z");
        DecisionFile.write(
                main,
                Decisions.NONE
                        .and(new Decisions.Accepted("web", acceptance, now))
                        .and(new Decisions.Muted(Optional.empty(), mute, now)));

        Baseline baseline = choose(new BaselineChoice(new Source.Named(List.of(main)), List.of()))
                .orElseThrow();

        assertThat(baseline.acceptances()).containsExactly(acceptance);
        assertThat(baseline.mutes()).isEmpty();
    }

    @Test
    void sentencesNameWhereAHandedInBuildComesFrom() throws IOException {
        runs.add(800, 810, 790, 805);
        Baseline rolling = choose(BaselineChoice.BESIDE).orElseThrow();
        List<BaselineBuild> ofMain = new ArrayList<>();
        for (BaselineBuild build : rolling.builds()) {
            ofMain.add(new BaselineBuild(
                    "main #" + (41 + ofMain.size()),
                    build.startedAt(),
                    build.planDigest(),
                    build.environment(),
                    build.figures(),
                    build.migrations()));
        }
        Baseline handed = BaselineFile.parse(BaselineFile.text(
                new Baseline(Baseline.FORMAT_VERSION, ofMain, List.of(), List.of(), List.of(), List.of())));

        Baseline baseline = choose(new BaselineChoice(new Source.HandedIn(handed), List.of()))
                .orElseThrow();

        assertThat(new RegressionRule(RegressionPlan.DEFAULT)
                        .judge(RUN, baseline)
                        .sentence()
                        .toString())
                .contains("main #41, main #42, main #43, main #44");
    }

    @Test
    void refusesWhatIsNamedAndNotThere() {
        BaselineChoice choice =
                new BaselineChoice(new Source.Named(List.of(directory.resolve("none/result.json"))), List.of());

        assertThatThrownBy(() -> choice.check(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none/result.json");
    }

    @Test
    void honoursWhatPeopleDecidedBesideTheRuns() throws IOException {
        runs.add(800, 810, 790);
        Acceptance acceptance =
                new Acceptance("downtime.observed", "default", "b", SyntheticRuns.START, "ana", "new kernel");
        Mute mute = new Mute("bytes.ram", LocalDate.of(2026, 12, 31), "budi", "known");
        Instant now = Instant.parse("2026-02-01T00:00:00Z");
        DecisionFile.write(
                directory,
                Decisions.NONE
                        .and(new Decisions.Accepted("web", acceptance, now))
                        .and(new Decisions.Accepted("database", acceptance, now))
                        .and(new Decisions.Muted(Optional.empty(), mute, now)));

        Baseline baseline = choose(BaselineChoice.BESIDE).orElseThrow();

        assertThat(baseline.acceptances()).containsExactly(acceptance);
        assertThat(baseline.mutes()).containsExactly(mute);
    }

    @Test
    void aLaterDecisionReplacesTheEarlierOne() {
        Mute first = new Mute("bytes.ram", LocalDate.of(2026, 1, 31), "ana", "known");
        Mute second = new Mute("bytes.ram", LocalDate.of(2026, 2, 28), "budi", "still");
        Decisions decisions = Decisions.NONE
                .and(new Decisions.Muted(Optional.of("web"), first, SyntheticRuns.START))
                .and(new Decisions.Muted(Optional.of("web"), second, SyntheticRuns.START));

        assertThat(decisions.mutes("web")).containsExactly(second);
        assertThat(decisions.mutes("database")).isEmpty();
        assertThat(decisions
                        .in(Baseline.EMPTY.with(List.of(), List.of(first)), "web")
                        .mutes())
                .containsExactly(second);
    }

    @Test
    void refusesADecisionFileThatItCannotRead() throws IOException {
        Files.writeString(directory.resolve(DecisionFile.NAME), "{");

        assertThatThrownBy(() -> BaselineChoice.BESIDE.check(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(DecisionFile.NAME);
    }

    @Test
    void keepsABaselineInTheRunsFolder() throws IOException {
        runs.add(800, 810, 790);
        Files.createDirectories(own);
        Baseline baseline = choose(BaselineChoice.BESIDE).orElseThrow();

        assertThat(choose(BaselineChoice.KEPT)).isEmpty();
        KeptBaseline.write(own, baseline);

        assertThat(choose(BaselineChoice.KEPT)).contains(baseline);
    }

    private Optional<Baseline> choose(BaselineChoice choice) throws IOException {
        return choice.baseline(RUN, own, RegressionPlan.DEFAULT);
    }
}
