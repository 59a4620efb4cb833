package io.jenkins.plugins.livemigration.bench.gate;

import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigure;
import io.jenkins.plugins.livemigration.engine.verdict.statistics.ChangePoints;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * E-Divisive as a gate: does it find a change point in the medians of a history and the builds after a shift? It needs
 * several builds after a change to see it, so it is given those.
 */
record ChangePointRates(Noise noise, int history, int after, int runs) {

    /** Share of jobs with a change point in any of the four figures. */
    Rates run(int jobs, Shift shift, SplittableRandom random) {
        Rates rates = new Rates();
        ChangePoints detector = ChangePoints.ofBuilds();
        for (int j = 0; j < jobs; j++) {
            SimulatedJob job = new SimulatedJob(noise, runs, random);
            List<List<BuildFigure>> past = GateCell.histories(job, history + after);
            boolean found = false;
            for (int i = 0; i < past.size(); i++) {
                double[] medians = PeerRules.medians(new ArrayList<>(past.get(i)));
                for (int build = history; build < medians.length && shift.affects(i); build++) {
                    medians[build] *= 1 + shift.by();
                }
                found = !detector.in(medians).isEmpty() || found;
            }
            rates.trial();
            rates.hit("change point", found);
        }
        return rates;
    }
}
