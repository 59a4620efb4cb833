package io.jenkins.plugins.livemigration.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.verdict.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The gate's evidence in small: {@code bench/gate} has the whole table. Seeded, so that it says the same every time. */
class GateTest {
    private static final int BUILDS = 2_000;

    @Test
    void seldomAlarmsWithoutAShiftInTheHardestCells() {
        List<Noise> hardest = List.of(
                new Noise(0.10, 0.08, Noise.Shape.PLAIN),
                new Noise(0.05, 0.20, Noise.Shape.BOTH),
                new Noise(0.10, 0.08, Noise.Shape.SHARED));
        for (Noise noise : hardest) {
            for (int history : new int[] {3, 20}) {
                Rates rates = new GateCell(noise, history, Gate.RUNS)
                        .run(BUILDS, false, new SplittableRandom(1))
                        .get(Shift.NONE);

                assertThat(rates.share(GateCell.UNSTABLE_OR_WORSE))
                        .as("%s", noise)
                        .isLessThan(Gate.MOST_UNSTABLE);
                assertThat(rates.share(GateCell.FAIL)).as("%s", noise).isLessThan(Gate.MOST_FAIL);
            }
        }
    }

    @Test
    void findsAQuarterMoreWithTenBuildsOfTenRuns() {
        Map<Shift, Rates> rates = new GateCell(new Noise(0.05, 0.08, Noise.Shape.PLAIN), 10, Gate.RUNS)
                .run(BUILDS, false, new SplittableRandom(1));

        assertThat(rates.get(new Shift(2, 0.25)).lower(GateCell.UNSTABLE_OR_WORSE))
                .isGreaterThan(0.90);
        assertThat(rates.get(new Shift(1, 0.25)).lower(GateCell.UNSTABLE_OR_WORSE))
                .isGreaterThan(0.75);
        assertThat(rates.get(new Shift(2, 0.25)).lower(GateCell.FAIL)).isGreaterThan(0.70);
    }

    @Test
    void aWindowWithoutAnyFormerAlarmCriesWolfMoreOften() {
        RollingJob job = new RollingJob(new Noise(0.10, 0.08, Noise.Shape.PLAIN), 10, Gate.RUNS);

        double product =
                job.run(600, RollingJob.Policy.PRODUCT, new SplittableRandom(3)).share(GateCell.UNSTABLE_OR_WORSE);
        double strict = job.run(600, RollingJob.Policy.ALARMS_STAY_OUT, new SplittableRandom(3))
                .share(GateCell.UNSTABLE_OR_WORSE);

        assertThat(product).isLessThan(0.06).isLessThan(strict);
    }

    @Test
    void reportsDriftAsCreepAndNothingWithoutDrift() {
        Noise noise = new Noise(0.05, 0.08, Noise.Shape.PLAIN);

        DriftingJob.Seen drifting = new DriftingJob(noise, 0.01, 5, 10, Gate.RUNS).run(40, 40, new SplittableRandom(1));
        DriftingJob.Seen steady = new DriftingJob(noise, 0, 5, 10, Gate.RUNS).run(40, 40, new SplittableRandom(1));

        assertThat(drifting.reported()).isEqualTo(1);
        assertThat(drifting.median()).isBetween(8.0, 20.0);
        assertThat(steady.reported()).isLessThan(0.2);
    }

    @Test
    void namesTheDirectionEffectOfThePublishedRunsAndLetsThemPass() throws IOException {
        List<PublishedRuns.Seen> seen = PublishedRuns.judge(Path.of(
                "src/test/resources/io/jenkins/plugins/livemigration/engine/importing/podman-criu-150-runs.csv"));

        assertThat(seen).hasSize(3).allSatisfy(environment -> {
            assertThat(environment.leaveOneOut()).hasSize(10);
            assertThat(environment.leaveOneOut()).doesNotContain(Status.FAIL);
        });
        PublishedRuns.Seen cloud = seen.stream()
                .filter(one -> one.environment().equals("cloud"))
                .findFirst()
                .orElseThrow();
        assertThat(cloud.backMinusOut()).isEqualTo(36.6 / 32.7, within(0.05));
        assertThat(cloud.p()).isLessThan(1e-6);
    }

    /** Clopper and Pearson's own kind of numbers: no hit in 20 leaves 1 - 0.05^(1/20). */
    @Test
    void boundsAreExact() {
        assertThat(ExactBound.upper(0, 20)).isEqualTo(1 - Math.pow(0.05, 1 / 20.0), within(1e-9));
        assertThat(ExactBound.lower(20, 20)).isEqualTo(Math.pow(0.05, 1 / 20.0), within(1e-9));
        assertThat(ExactBound.lower(0, 20)).isZero();
        assertThat(ExactBound.upper(20, 20)).isEqualTo(1);
    }
}
