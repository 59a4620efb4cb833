package io.jenkins.plugins.livemigration.engine.verdict;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.livemigration.engine.plan.DefaultCategories;
import io.jenkins.plugins.livemigration.engine.plan.Threshold;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.result.StateCheck;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small runs, said in few words. Samples alternate OUT and BACK unless told otherwise. */
final class Runs {
    static final String DOWNTIME = "downtime.observed";
    private final List<Sample> samples = new ArrayList<>();
    private RunEnd.Kind end = RunEnd.Kind.COMPLETED;
    private String scenario = "default";

    static Runs of(Figure... downtimes) {
        return new Runs().add(downtimes);
    }

    static Runs of(double... downtimes) {
        return of(Arrays.stream(downtimes).mapToObj(Figure::of).toArray(Figure[]::new));
    }

    static Runs empty() {
        return new Runs();
    }

    Runs scenario(String name) {
        scenario = name;
        return this;
    }

    Runs ending(RunEnd.Kind kind) {
        end = kind;
        return this;
    }

    Runs add(Figure... downtimes) {
        for (Figure downtime : downtimes) {
            add(Map.of(DOWNTIME, downtime), new Outcome.Succeeded(), false, Optional.empty());
        }
        return this;
    }

    Runs metric(String metric, Figure figure) {
        return add(Map.of(metric, figure), new Outcome.Succeeded(), false, Optional.empty());
    }

    Runs failing() {
        return add(Map.of(), new Outcome.Failed("restore", Message.literal("broken")), false, Optional.empty());
    }

    Runs failingWarmup() {
        return add(Map.of(), new Outcome.Failed("restore", Message.literal("broken")), true, Optional.empty());
    }

    Runs warmup(double downtime) {
        return add(Map.of(DOWNTIME, Figure.of(downtime)), new Outcome.Succeeded(), true, Optional.empty());
    }

    Runs unsupported() {
        return add(Map.of(), new Outcome.NotSupported(Message.literal("no soft-dirty")), false, Optional.empty());
    }

    Runs withState(boolean kept, boolean warmup) {
        return add(
                Map.of(DOWNTIME, Figure.of(5)),
                new Outcome.Succeeded(),
                warmup,
                Optional.of(new StateCheck("41", kept ? "42" : "0", kept)));
    }

    RunResult result() {
        return new RunResult(
                "test",
                "run-1",
                "0.1.0",
                JsonNodeFactory.instance.objectNode(),
                Instant.EPOCH,
                Optional.empty(),
                new RunEnd(end, Message.literal("because")),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                samples);
    }

    Verdict judged(Threshold... thresholds) {
        return new Judge(DefaultCategories.all(), List.of(thresholds)).judge(result());
    }

    /** A limit in milliseconds (or whatever the metric's unit is); a negative number is no limit. */
    static Threshold limit(String metric, Threshold.Of of, double unstable, double fail) {
        return new Threshold(
                metric,
                of,
                Optional.empty(),
                unstable < 0 ? Optional.empty() : Optional.of(unstable),
                fail < 0 ? Optional.empty() : Optional.of(fail),
                unstable < 0 ? "" : unstable + " ms",
                fail < 0 ? "" : fail + " ms");
    }

    private Runs add(Map<String, Figure> figures, Outcome outcome, boolean warmup, Optional<StateCheck> state) {
        boolean out = samples.size() % 2 == 0;
        samples.add(new Sample(
                samples.size() + 1,
                scenario,
                out ? Direction.OUT : Direction.BACK,
                samples.size() / 2 + 1,
                warmup,
                out ? "a" : "b",
                out ? "b" : "a",
                Instant.EPOCH,
                0,
                outcome,
                figures,
                List.of(),
                List.of(),
                List.of(),
                state,
                List.of()));
        return this;
    }
}
