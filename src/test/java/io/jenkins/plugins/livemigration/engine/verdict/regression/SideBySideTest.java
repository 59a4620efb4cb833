package io.jenkins.plugins.livemigration.engine.verdict.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Comparison of runs, trend over builds, and calibration. */
class SideBySideTest {
    @Test
    void namesTheDifferencesThatAreReal() {
        ResultComparison comparison = ResultComparison.of(
                List.of(
                        new ResultComparison.Named("6.1", Builds.build().run()),
                        new ResultComparison.Named(
                                "6.12", Builds.build().downtime(600).run()),
                        new ResultComparison.Named(
                                "6.13", Builds.build().downtime(808).run())),
                RegressionPlan.DEFAULT);

        ResultComparison.ComparedFigure downtime = comparison.figures().stream()
                .filter(figure -> figure.metric().equals(Builds.DOWNTIME))
                .findFirst()
                .orElseThrow();
        ResultComparison.Difference faster =
                downtime.entries().get(1).orElseThrow().difference().orElseThrow();
        ResultComparison.Difference alike =
                downtime.entries().get(2).orElseThrow().difference().orElseThrow();

        assertThat(comparison.labels()).containsExactly("6.1", "6.12", "6.13");
        assertThat(downtime.entries().get(0).orElseThrow().difference()).isEmpty();
        assertThat(faster.change()).isEqualTo(0.75, within(1e-6));
        assertThat(faster.lower().orElseThrow()).isBetween(0.7, 0.75);
        assertThat(faster.upper().orElseThrow()).isBetween(0.75, 0.8);
        assertThat(faster.delta()).isEqualTo(-1);
        assertThat(faster.real()).isTrue();
        assertThat(faster.better()).isTrue();
        assertThat(alike.real()).isFalse();
        assertThat(alike.q()).isGreaterThanOrEqualTo(alike.p());
        assertThatThrownBy(() -> ResultComparison.of(List.of(), RegressionPlan.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void marksWhereTheLevelAndTheHostsChanged() {
        List<BaselineBuild> builds = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            Builds build = Builds.build().downtime((i < 8 ? 800 : 1000) + i % 3).day(i);
            builds.add(BuildFigures.of("#" + i, (i < 8 ? build : build.fact("kernel", "6.12")).run()));
        }

        Trend trend = Trend.of(builds, RegressionPlan.DEFAULT);
        Trend.Series downtime = trend.series().stream()
                .filter(series -> series.metric().equals(Builds.DOWNTIME))
                .findFirst()
                .orElseThrow();

        assertThat(downtime.points()).hasSize(14);
        assertThat(downtime.points().get(0).lower().orElseThrow()).isLessThan(800);
        assertThat(downtime.points().get(0).upper().orElseThrow()).isGreaterThan(800);
        assertThat(downtime.changePoints()).containsExactly("#8");
        assertThat(trend.marks()).singleElement().satisfies(mark -> {
            assertThat(mark.build()).isEqualTo("#8");
            assertThat(mark.changes()).hasToString("[host-a kernel 6.1 -> 6.12]");
        });
        assertThat(Trend.of(builds.subList(5, 11), RegressionPlan.DEFAULT).series())
                .allMatch(series -> series.changePoints().isEmpty());
    }

    @Test
    void derivesLimitsAndNoiseFromGoodRuns() {
        List<RunResult> good = List.of(
                Builds.build().downtime(800).run(),
                Builds.build().downtime(760).run(),
                Builds.build().downtime(840).run(),
                Builds.build().downtime(790).run());

        Calibration calibration = Calibration.of(good, RegressionPlan.DEFAULT);
        Calibration.CalibratedFigure downtime = calibration.figures().get(0);

        assertThat(calibration.figures()).hasSize(2);
        assertThat(downtime.builds()).isEqualTo(4);
        assertThat(downtime.noise()).isEqualTo(0.041, within(0.002));
        assertThat(downtime.level()).isBetween(790.0, 805.0);
        assertThat(downtime.unstable()).isBetween(950.0, 1050.0);
        assertThat(downtime.fail()).isGreaterThan(downtime.unstable());
        assertThat(calibration
                        .fragment()
                        .at("/regression/noiseFloors/downtime.observed")
                        .asText())
                .matches("4\\.\\d+ %");
        assertThat(calibration.yaml())
                .startsWith("thresholds:\n  # from 4 builds, median ")
                .contains("{\"metric\":\"downtime.observed\",\"of\":\"median\",\"scenario\":\"web\",\"unstable\":\"")
                .contains("regression:\n  noiseFloors:\n    downtime.observed: \"4.");
        assertThat(Calibration.of(good.subList(0, 2), RegressionPlan.DEFAULT).figures())
                .isEmpty();
    }

    @Test
    void theFragmentIsPartOfAPlan() {
        Calibration calibration = Calibration.of(
                List.of(
                        Builds.build().downtime(800).run(),
                        Builds.build().downtime(760).run(),
                        Builds.build().downtime(840).run()),
                RegressionPlan.DEFAULT);
        String plan = """
                name: web
                hosts: {a: {address: 192.0.2.1}, b: {address: 192.0.2.2}}
                driver: {podman: {from: a, to: b, containers: [web]}}
                probes: [{udp: {host: 192.0.2.9, port: 7007}}]
                scenarios: [{name: web}]
                """;

        ParsedPlan parsed = PlanParser.parse(plan + calibration.yaml(), PlanFormat.YAML);

        assertThat(parsed).isInstanceOf(ParsedPlan.Valid.class);
        BenchmarkPlan calibrated = ((ParsedPlan.Valid) parsed).plan();
        assertThat(calibrated.thresholds()).hasSize(2);
        assertThat(calibrated.regression().noiseFloors().get(Builds.DOWNTIME))
                .isEqualTo(calibration.figures().get(0).noise(), within(0.001));
    }

    /** The steady migration time hardly varies between builds: its limit is two relevant changes above, not a hair. */
    @Test
    void aLimitIsNeverTighterThanWhatMatters() {
        List<RunResult> alike = List.of(
                Builds.build().run(), Builds.build().run(), Builds.build().run());

        Calibration.CalibratedFigure time =
                Calibration.of(alike, RegressionPlan.DEFAULT).figures().get(1);

        assertThat(time.unstable()).isGreaterThanOrEqualTo(time.level() * 1.1 * (1 - 1e-9));
        assertThat(time.fail()).isGreaterThanOrEqualTo(time.level() * 1.21 * (1 - 1e-9));
    }
}
