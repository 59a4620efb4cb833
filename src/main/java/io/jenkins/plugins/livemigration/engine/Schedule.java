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
        List<Move> moves = new ArrayList<>();
        for (int round = 0; round < plan.warmup() + plan.samples(); round++) {
            boolean warmup = round < plan.warmup();
            int number = warmup ? round + 1 : round - plan.warmup() + 1;
            int scenarios = plan.scenarios().size();
            for (int i = 0; i < scenarios; i++) {
                ScenarioPlan scenario = plan.scenarios().get((i + round) % scenarios);
                String from = scenario.driver().from();
                String to = scenario.driver().to();
                moves.add(new Move(moves.size() + 1, scenario.name(), Direction.OUT, number, warmup, from, to));
                if (plan.directions() == BenchmarkPlan.Directions.TO_AND_FRO) {
                    moves.add(new Move(moves.size() + 1, scenario.name(), Direction.BACK, number, warmup, to, from));
                }
            }
        }
        return List.copyOf(moves);
    }
}
