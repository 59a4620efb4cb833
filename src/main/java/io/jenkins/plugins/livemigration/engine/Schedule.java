package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.JournalEvent.Move;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of a run's measured moves: warm-up rounds first, then rounds of one sample per scenario and direction. So
 * scenarios and directions are interleaved, and what drifts during a run meets all of them alike. Each round begins with
 * the scenario after the one that the previous round began with, so that none is always first.
 */
public final class Schedule {
    private Schedule() {}

    /** All moves of the plan, numbered in order of execution. */
    public static List<Move> of(BenchmarkPlan plan) {
        return of(plan, plan.scenarios(), plan.samples(), 0);
    }

    /**
     * The moves of a second round.
     *
     * @param scenarios names of those that run once more
     * @param samples measured moves per scenario and direction
     * @param done so many moves were planned before: numbering goes on
     */
    static List<Move> again(BenchmarkPlan plan, List<String> scenarios, int samples, int done) {
        return of(
                plan,
                plan.scenarios().stream()
                        .filter(scenario -> scenarios.contains(scenario.name()))
                        .toList(),
                samples,
                done);
    }

    private static List<Move> of(BenchmarkPlan plan, List<ScenarioPlan> which, int samples, int done) {
        List<Move> moves = new ArrayList<>();
        for (int round = 0; round < plan.warmup() + samples; round++) {
            boolean warmup = round < plan.warmup();
            int number = warmup ? round + 1 : round - plan.warmup() + 1;
            int scenarios = which.size();
            for (int i = 0; i < scenarios; i++) {
                ScenarioPlan scenario = which.get((i + round) % scenarios);
                String from = scenario.driver().from();
                String to = scenario.driver().to();
                int next = done + moves.size() + 1;
                moves.add(new Move(next, scenario.name(), Direction.OUT, number, warmup, from, to));
                if (plan.directions() == BenchmarkPlan.Directions.TO_AND_FRO) {
                    moves.add(new Move(next + 1, scenario.name(), Direction.BACK, number, warmup, to, from));
                }
            }
        }
        return List.copyOf(moves);
    }
}
