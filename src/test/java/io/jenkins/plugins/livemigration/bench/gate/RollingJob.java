package io.jenkins.plugins.livemigration.bench.gate;

import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineBuilder;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.FigureTest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A job with a rolling window that keeps regressed figures out of its baseline as the product does: its verdicts decide
 * what later builds are compared with. Only the last build of each job counts, so that builds are independent.
 */
final class RollingJob {
    private static final int FEWEST = 3;
    private static final int MORE_BUILDS = 20;

    /** What becomes of figures that alarmed. */
    enum Policy {
        /** The product's: a single alarm between quiet builds enters the baseline. */
        PRODUCT,
        /** No figure that ever alarmed enters. */
        ALARMS_STAY_OUT
    }

    private final Noise noise;
    private final int window;
    private final int runs;

    RollingJob(Noise noise, int window, int runs) {
        this.noise = noise;
        this.window = window;
        this.runs = runs;
    }

    /** So many jobs without a shift, each with two windows of builds and some. */
    Rates run(int jobs, Policy policy, SplittableRandom random) {
        Rates rates = new Rates();
        for (int job = 0; job < jobs; job++) {
            Status last = last(policy, random);
            rates.trial();
            rates.hit(GateCell.UNSTABLE_OR_WORSE, last != Status.PASS);
            rates.hit(GateCell.FAIL, last == Status.FAIL);
        }
        return rates;
    }

    private Status last(Policy policy, SplittableRandom random) {
        SimulatedJob job = new SimulatedJob(noise, runs, random);
        List<List<BuildFigure>> builds = new ArrayList<>();
        List<boolean[]> alarms = new ArrayList<>();
        Status status = Status.PASS;
        for (int build = 0; build < 2 * window + MORE_BUILDS; build++) {
            List<BuildFigure> now = job.next(0);
            boolean[] alarmed = new boolean[SimulatedJob.FAMILY];
            if (build >= FEWEST) {
                FigureTest[] tests = new FigureTest[SimulatedJob.FAMILY];
                for (int i = 0; i < tests.length; i++) {
                    tests[i] = FigureTest.of(
                            now.get(i),
                            baseline(builds, alarms, i, policy),
                            SimulatedJob.scale(i),
                            GateCell.NOISE_FLOOR);
                }
                Status[] statuses = GateCell.statuses(tests, Shift.NONE);
                status = GateCell.worst(statuses);
                for (int i = 0; i < statuses.length; i++) {
                    alarmed[i] = statuses[i] != Status.PASS;
                }
            }
            builds.add(now);
            alarms.add(alarmed);
        }
        return status;
    }

    private List<BuildFigure> baseline(
            List<List<BuildFigure>> builds, List<boolean[]> alarms, int figure, Policy policy) {
        List<BuildFigure> baseline = new ArrayList<>(window);
        for (int i = builds.size() - 1; i >= 0 && baseline.size() < window; i--) {
            boolean alarmed = alarms.get(i)[figure];
            boolean out = policy == Policy.ALARMS_STAY_OUT
                    ? alarmed
                    : BaselineBuilder.keptOut(
                            alarmed,
                            false,
                            i > 0 && alarms.get(i - 1)[figure],
                            i == builds.size() - 1 || alarms.get(i + 1)[figure]);
            if (!out) {
                baseline.add(builds.get(i).get(figure));
            }
        }
        // Of very few builds all may have alarmed; then there is no choice but to take them.
        for (int i = builds.size() - 1; i >= 0 && baseline.size() < FEWEST; i--) {
            baseline.add(builds.get(i).get(figure));
        }
        return baseline;
    }
}
