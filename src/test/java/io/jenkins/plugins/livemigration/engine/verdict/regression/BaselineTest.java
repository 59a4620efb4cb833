package io.jenkins.plugins.livemigration.engine.verdict.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BaselineTest {
    private static final BaselineBuilder BUILDER = new BaselineBuilder(RegressionPlan.DEFAULT);

    @Test
    void leavesOutWhatIsRunningFailedOrWithoutResult() {
        List<PastBuild> history = List.of(
                Builds.build().past("1"),
                new PastBuild("2", PastBuild.State.FINISHED, Optional.empty()),
                new PastBuild(
                        "3", PastBuild.State.BROKEN, Optional.of(Builds.build().judged())),
                Builds.build().ending(RunEnd.Kind.INTERRUPTED).past("4"),
                Builds.build().failing(10).past("5"),
                new PastBuild("6", PastBuild.State.RUNNING, Optional.empty()));

        Baseline baseline = Builds.build().baseline(history);

        assertThat(baseline.builds()).extracting(BaselineBuild::label).containsExactly("1");
        assertThat(baseline.skipped())
                .extracting(skipped -> skipped.label() + ": " + skipped.reason())
                .containsExactly(
                        "2: has no result",
                        "3: failed or did not run to its end",
                        "4: failed or did not run to its end",
                        "5: failed or did not run to its end",
                        "6: still running");
    }

    @Test
    void whatIsHandedInIsHeldAgainstTheHostsThatWereFoundThen() {
        List<PastBuild> history = List.of(
                Builds.build().past("1"), Builds.build().fact("cpu", "Xeon").past("2"));
        Baseline ahead = BUILDER.ahead(Builds.build().run().plan(), history, List.of(), List.of());
        assertThat(ahead.builds()).extracting(BaselineBuild::label).containsExactly("1", "2");

        Baseline then = BUILDER.comparable(
                Builds.build().run(), ahead.withGolden(List.of(ahead.builds().get(1))));

        assertThat(then.builds()).extracting(BaselineBuild::label).containsExactly("1");
        assertThat(then.golden()).isEmpty();
        assertThat(then.skipped())
                .extracting(skipped -> skipped.label() + ": " + skipped.reason())
                .contains("2: other hosts: host-a cpu Xeon -> EPYC");
    }

    @Test
    void leavesOutOtherPlansAndOtherHardwareButNotOtherSoftware() {
        ObjectNode other =
                JsonNodeFactory.instance.objectNode().put("name", "web").put("samples", 20);
        List<PastBuild> history = List.of(
                Builds.build().plan(other).past("1"),
                Builds.build().fact("cpu", "Xeon").past("2"),
                Builds.build().fact("kernel", "5.10").fact("cpu", "").past("3"));

        Baseline baseline = Builds.build().baseline(history);

        assertThat(baseline.builds()).extracting(BaselineBuild::label).containsExactly("3");
        assertThat(baseline.skipped())
                .extracting(skipped -> skipped.reason().toString())
                .containsExactly("measured by another plan", "other hosts: host-a cpu Xeon -> EPYC");
    }

    @Test
    void limitsAndSampleCountsDoNotMakeAnotherPlan() {
        String plan = "{name: web, hosts: {a: {address: 192.0.2.1}, b: {address: 192.0.2.2}}, samples: 5, "
                + "driver: {podman: {from: a, to: b, containers: [web]}}}";

        assertThat(digest(
                        plan.replace("samples: 5", "samples: 9, thresholds: [{metric: downtime.reported, fail: 2 s}]")))
                .isEqualTo(digest(plan));
        assertThat(digest(plan.replace("[web]", "[db]"))).isNotEqualTo(digest(plan));
    }

    private static String digest(String plan) {
        ParsedPlan parsed = PlanParser.parse(plan, PlanFormat.YAML);
        assertThat(parsed).isInstanceOf(ParsedPlan.Valid.class);
        return ComparablePlan.digest(((ParsedPlan.Valid) parsed).canonical());
    }

    @Test
    void takesTheNewestBuildsOfTheWindow() {
        double[] many = new double[25];
        Arrays.setAll(many, i -> 800 + i % 3);

        FigureVerdict downtime = Builds.build()
                .against(Builds.history(many))
                .figure("web", Builds.DOWNTIME)
                .orElseThrow();

        assertThat(downtime.builds()).hasSize(10).startsWith("16").endsWith("25");
    }

    @Test
    void aRegressionThatTheNextBuildSharesStaysOutAndALoneAlarmComesBackIn() {
        List<PastBuild> history = new ArrayList<>(Builds.history(800, 805, 795, 800, 802));
        history.add(judgedAgainst(history, "lone", 1200));
        assertThat(labels(history)).doesNotContain("lone");
        history.add(judgedAgainst(history, "quiet", 800));
        assertThat(labels(history)).contains("lone", "quiet");
        history.add(judgedAgainst(history, "first", 3000));
        history.add(judgedAgainst(history, "second", 3000));
        history.add(judgedAgainst(history, "third", 3000));

        Baseline baseline = Builds.build().baseline(history);

        assertThat(labels(history)).contains("lone", "quiet").doesNotContain("first", "second", "third");
        assertThat(baseline.skipped())
                .anyMatch(skipped -> skipped.reason()
                        .toString()
                        .equals("web downtime.observed regressed and nobody accepted the new level"));
        assertThat(baseline.builds().get(baseline.builds().size() - 1).figure("web", Builds.TIME))
                .isPresent();
    }

    @Test
    void anAcceptedLevelCountsFromItsBuildOnAndNothingBefore() {
        List<PastBuild> history = new ArrayList<>(Builds.history(800, 805, 795, 800, 802));
        for (int i = 0; i < 4; i++) {
            history.add(judgedAgainst(history, "new" + i, 1000 + i));
        }
        Acceptance accepted = new Acceptance(
                Builds.DOWNTIME, "web", "new0", Builds.START.plus(Duration.ofDays(5)), "ani", "new kernel");
        Baseline baseline = BUILDER.rolling(Builds.build().run(), history, List.of(accepted), List.of());

        RegressionReport report = Builds.build().downtime(1005).against(baseline);
        FigureVerdict downtime = report.figure("web", Builds.DOWNTIME).orElseThrow();

        assertThat(downtime.builds()).containsExactly("new0", "new1", "new2", "new3");
        assertThat(downtime.alarmed()).isFalse();
        assertThat(report.notes())
                .anyMatch(
                        note -> note.toString()
                                .equals(
                                        "web: the level of downtime.observed since build new0 was accepted by ani: new kernel"));
    }

    @Test
    void travelsAsJson() throws IOException {
        Baseline baseline = Builds.build()
                .baseline(Builds.history(800, 805, 795))
                .with(
                        List.of(new Acceptance(Builds.DOWNTIME, "web", "1", Builds.START, "ani", "why")),
                        List.of(new Mute(Builds.TIME, LocalDate.of(2026, 2, 1), "ani", "why")));
        Baseline pinned = baseline.withGolden(baseline.builds().subList(0, 1));

        assertThat(BaselineFile.parse(BaselineFile.text(pinned))).isEqualTo(pinned);
        assertThatThrownBy(() -> BaselineFile.parse("{}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> BaselineFile.parse("{\"formatVersion\":99}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> BaselineFile.parse(" ".repeat(BaselineFile.MOST_CHARACTERS + 1)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void keepsNoLongListsOfValues() {
        List<PastBuild> history = List.of(Builds.build().runs(200).past("1"));

        BuildFigure figure = Builds.build()
                .baseline(history)
                .builds()
                .get(0)
                .figure("web", Builds.DOWNTIME)
                .orElseThrow();

        assertThat(figure.n()).isEqualTo(200);
        assertThat(figure.keepsValues()).isFalse();
        assertThat(Builds.build()
                        .against(List.of(history.get(0), history.get(0), history.get(0)))
                        .status())
                .isNotEqualTo(Status.FAIL);
    }

    private static PastBuild judgedAgainst(List<PastBuild> history, String label, double downtime) {
        Builds build = Builds.build().downtime(downtime).day(history.size());
        return PastBuild.finished(label, build.judged(build.baseline(history)));
    }

    private static List<String> labels(List<PastBuild> history) {
        return Builds.build().baseline(history).builds().stream()
                .filter(build -> build.figure("web", Builds.DOWNTIME).isPresent())
                .map(BaselineBuild::label)
                .toList();
    }
}
