package io.jenkins.plugins.livemigration.bench.gate;

import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.AlarmLevels;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.FigureTest;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.BenjaminiHochberg;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One cell of the table: many builds of jobs with the same noise and history, each with a history of its own, so that the
 * builds are independent and the bounds exact. Every build is judged as it is and as if it had been shifted.
 *
 * @param history builds in the baseline
 * @param runs per build, half of them in each direction
 */
record GateCell(Noise noise, int history, int runs) {
    static final String UNSTABLE_OR_WORSE = "UNSTABLE or worse";
    static final String FAIL = "FAIL";
    /** What the product takes where a plan names no noise floor. */
    static final double NOISE_FLOOR = 0.01;

    static final List<Shift> SHIFTS = List.of(
            Shift.NONE,
            new Shift(1, 0.10),
            new Shift(2, 0.10),
            new Shift(1, 0.25),
            new Shift(2, 0.25),
            new Shift(1, 0.50),
            new Shift(2, 0.50));

    /** Judges so many builds under every shift. */
    Map<Shift, Rates> run(int builds, boolean peers, SplittableRandom random) {
        SimulatedJob job = new SimulatedJob(noise, runs, random);
        PeerRules rules = new PeerRules(history);
        Map<Shift, Rates> rates = new LinkedHashMap<>();
        SHIFTS.forEach(shift -> rates.put(shift, new Rates()));
        for (int build = 0; build < builds; build++) {
            List<List<BuildFigure>> past = histories(job, history);
            List<BuildFigure> now = job.next(0);
            FigureTest[] tests = new FigureTest[SimulatedJob.FAMILY];
            PeerRules.Prepared[] prepared = new PeerRules.Prepared[SimulatedJob.FAMILY];
            for (int i = 0; i < tests.length; i++) {
                tests[i] = FigureTest.of(now.get(i), past.get(i), SimulatedJob.scale(i), NOISE_FLOOR);
                if (peers) {
                    prepared[i] = new PeerRules.Prepared(past.get(i), now.get(i));
                }
            }
            rates.forEach((shift, rate) -> {
                Status status = worst(statuses(tests, shift));
                rate.trial();
                rate.hit(UNSTABLE_OR_WORSE, status != Status.PASS);
                rate.hit(FAIL, status == Status.FAIL);
                if (peers) {
                    for (String rule : PeerRules.ALL) {
                        rate.hit(rule, anyAlarms(rules, rule, prepared, shift));
                    }
                }
            });
        }
        return rates;
    }

    /** Of each figure of the family the builds before, oldest first. */
    static List<List<BuildFigure>> histories(SimulatedJob job, int builds) {
        List<List<BuildFigure>> past = new ArrayList<>();
        for (int i = 0; i < SimulatedJob.FAMILY; i++) {
            past.add(new ArrayList<>(builds));
        }
        for (int build = 0; build < builds; build++) {
            List<BuildFigure> figures = job.next(0);
            for (int i = 0; i < figures.size(); i++) {
                past.get(i).add(figures.get(i));
            }
        }
        return past;
    }

    /** The family's statuses, as the product's rule decides them. */
    static Status[] statuses(FigureTest[] tests, Shift shift) {
        FigureTest[] shifted = new FigureTest[tests.length];
        double[] q = new double[tests.length];
        for (int i = 0; i < tests.length; i++) {
            shifted[i] = shift.affects(i) ? tests[i].moved(shift.onScale(), SimulatedJob.scale(i)) : tests[i];
            q[i] = shifted[i].p();
        }
        BenjaminiHochberg.adjustInPlace(q);
        Status[] statuses = new Status[tests.length];
        for (int i = 0; i < tests.length; i++) {
            statuses[i] = AlarmLevels.USUAL.status(q[i], shifted[i].relevant());
        }
        return statuses;
    }

    static Status worst(Status[] statuses) {
        Status worst = Status.PASS;
        for (Status status : statuses) {
            worst = status.compareTo(worst) > 0 ? status : worst;
        }
        return worst;
    }

    private static boolean anyAlarms(PeerRules rules, String rule, PeerRules.Prepared[] figures, Shift shift) {
        for (int i = 0; i < figures.length; i++) {
            if (rules.alarms(rule, figures[i], shift.affects(i) ? 1 + shift.by() : 1)) {
                return true;
            }
        }
        return false;
    }
}
