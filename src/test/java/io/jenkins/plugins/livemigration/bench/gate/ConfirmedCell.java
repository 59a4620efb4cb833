package io.jenkins.plugins.livemigration.bench.gate;

import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Confirmation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.FigureTest;
import java.util.List;
import java.util.SplittableRandom;

/** Builds whose suspicions are looked at a second time, in the same boot or after a fresh start. */
record ConfirmedCell(Noise noise, int history, int runs) {
    static final String FIRST = "first round";
    static final String SAME_BOOT = "confirmed in the same boot";
    static final String FRESH_START = "confirmed after a fresh start";

    /** Share of builds that are UNSTABLE or worse before and after the second round. */
    Rates run(int builds, Shift shift, SplittableRandom random) {
        SimulatedJob job = new SimulatedJob(noise, runs, random);
        Rates rates = new Rates();
        for (int build = 0; build < builds; build++) {
            List<List<BuildFigure>> past = GateCell.histories(job, history);
            List<BuildFigure> now = job.next(0);
            Status[] first = GateCell.statuses(tests(now, past), shift);
            boolean suspected = GateCell.worst(first) != Status.PASS;
            rates.trial();
            rates.hit(FIRST, suspected);
            if (suspected) {
                rates.hit(SAME_BOOT, confirmed(first, tests(job.again(), past), shift));
                rates.hit(FRESH_START, confirmed(first, tests(job.next(0), past), shift));
            }
        }
        return rates;
    }

    private static FigureTest[] tests(List<BuildFigure> now, List<List<BuildFigure>> past) {
        FigureTest[] tests = new FigureTest[now.size()];
        for (int i = 0; i < tests.length; i++) {
            tests[i] = FigureTest.of(now.get(i), past.get(i), SimulatedJob.scale(i), GateCell.NOISE_FLOOR);
        }
        return tests;
    }

    private static boolean confirmed(Status[] first, FigureTest[] second, Shift shift) {
        for (int i = 0; i < second.length; i++) {
            FigureTest again = shift.affects(i) ? second[i].moved(shift.onScale(), SimulatedJob.scale(i)) : second[i];
            if (first[i] != Status.PASS && Confirmation.confirms(again.p(), again.relevant())) {
                return true;
            }
        }
        return false;
    }
}
