package io.jenkins.plugins.livemigration.bench.gate;

import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.CreepRule;
import io.jenkins.plugins.livemigration.engine.verdict.regression.FigureTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Jobs whose level rises a little with every build: when is creep reported against the golden builds, and what does the
 * rolling gate say meanwhile. The golden builds are the job's first ones; the drift sets in after them.
 *
 * @param drift by which every build is slower than the one before, as a fraction
 * @param golden how many builds are pinned
 */
record DriftingJob(Noise noise, double drift, int golden, int window, int runs) {

    /**
     * What was seen.
     *
     * @param reported share of the jobs in which creep was reported at all
     * @param median builds after the golden ones until it was first reported, over those jobs; 0 if there are none
     * @param ninth nine of ten of them had it by then
     * @param gateUnstable share of builds that the rolling gate called UNSTABLE or worse
     */
    record Seen(int jobs, double reported, double median, double ninth, double gateUnstable) {}

    /** So many jobs of so many builds after the golden ones. */
    Seen run(int jobs, int builds, SplittableRandom random) {
        double[] first = new double[jobs];
        int reported = 0;
        int judged = 0;
        int unstable = 0;
        for (int j = 0; j < jobs; j++) {
            SimulatedJob job = new SimulatedJob(noise, runs, random);
            List<List<BuildFigure>> past = GateCell.histories(job, golden);
            int found = 0;
            for (int build = 1; build <= builds; build++) {
                List<BuildFigure> now = job.next(build * Math.log1p(drift));
                if (past.get(0).size() >= window) {
                    judged++;
                    unstable += gate(past, now) == Status.PASS ? 0 : 1;
                }
                for (int i = 0; i < now.size(); i++) {
                    past.get(i).add(now.get(i));
                }
                if (found == 0 && crept(past)) {
                    found = build;
                }
            }
            if (found > 0) {
                first[reported++] = found;
            }
        }
        double[] found = Arrays.copyOf(first, reported);
        Quantile quantile = Quantile.withDefaults();
        return new Seen(
                jobs,
                reported / (double) jobs,
                reported == 0 ? 0 : quantile.evaluate(found, 0.5),
                reported == 0 ? 0 : quantile.evaluate(found, 0.9),
                judged == 0 ? 0 : unstable / (double) judged);
    }

    private Status gate(List<List<BuildFigure>> past, List<BuildFigure> now) {
        FigureTest[] tests = new FigureTest[SimulatedJob.FAMILY];
        for (int i = 0; i < tests.length; i++) {
            List<BuildFigure> all = past.get(i);
            tests[i] = FigureTest.of(
                    now.get(i),
                    all.subList(all.size() - window, all.size()),
                    SimulatedJob.scale(i),
                    GateCell.NOISE_FLOOR);
        }
        return GateCell.worst(GateCell.statuses(tests, Shift.NONE));
    }

    private boolean crept(List<List<BuildFigure>> past) {
        List<CreepRule.CreepTest> family = new ArrayList<>();
        for (int i = 0; i < past.size(); i++) {
            List<BuildFigure> all = past.get(i);
            List<BuildFigure> pinned = all.subList(0, golden);
            List<BuildFigure> recent = all.subList(Math.max(golden, all.size() - CreepRule.RECENT), all.size());
            if (pinned.size() + recent.size() >= 3) {
                family.add(CreepRule.CreepTest.of(recent, pinned, SimulatedJob.scale(i), GateCell.NOISE_FLOOR));
            }
        }
        for (boolean crept : CreepRule.crept(family)) {
            if (crept) {
                return true;
            }
        }
        return false;
    }
}
