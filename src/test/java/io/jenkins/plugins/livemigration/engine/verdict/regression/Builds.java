package io.jenkins.plugins.livemigration.engine.verdict.regression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds of ten runs around a downtime and a migration time, said in few words. */
final class Builds {
    static final String DOWNTIME = "downtime.observed";
    static final String TIME = "migrationTime.platform";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final double[] SPREAD = {-0.04, 0.03, -0.02, 0.01, 0, 0, -0.01, 0.02, -0.03, 0.04};

    private double downtime = 800;
    private double time = 20_000;
    private double backFactor = 1;
    private int runs = 10;
    private int failed;
    private double outlier = 1;
    private Instant startedAt = START;
    private RunEnd.Kind end = RunEnd.Kind.COMPLETED;
    private JsonNode plan = JsonNodeFactory.instance.objectNode().put("name", "web");
    private final Map<String, String> facts = new LinkedHashMap<>(Map.of("kernel", "6.1", "cpu", "EPYC"));

    static Builds build() {
        return new Builds();
    }

    /** A history of builds whose downtimes are these, a day apart and labelled 1, 2, ... */
    static List<PastBuild> history(double... downtimes) {
        List<PastBuild> history = new ArrayList<>();
        for (int i = 0; i < downtimes.length; i++) {
            history.add(build().downtime(downtimes[i]).day(i).past(String.valueOf(i + 1)));
        }
        return history;
    }

    Builds downtime(double millis) {
        downtime = millis;
        return this;
    }

    Builds time(double millis) {
        time = millis;
        return this;
    }

    Builds backSlowerBy(double factor) {
        backFactor = factor;
        return this;
    }

    Builds runs(int number) {
        runs = number;
        return this;
    }

    /** The first run takes so many times longer. */
    Builds outlier(double factor) {
        outlier = factor;
        return this;
    }

    Builds failing(int number) {
        failed = number;
        return this;
    }

    Builds day(int number) {
        startedAt = START.plus(Duration.ofDays(number));
        return this;
    }

    Builds ending(RunEnd.Kind kind) {
        end = kind;
        return this;
    }

    Builds plan(JsonNode other) {
        plan = other;
        return this;
    }

    Builds fact(String name, String value) {
        facts.put(name, value);
        return this;
    }

    RunResult run() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < runs + failed; i++) {
            Direction direction = i % 2 == 0 ? Direction.OUT : Direction.BACK;
            double factor = (1 + SPREAD[i % SPREAD.length])
                    * (direction == Direction.BACK ? backFactor : 1)
                    * (i == 0 ? outlier : 1);
            boolean succeeded = i < runs;
            samples.add(new Sample(
                    i + 1,
                    "web",
                    direction,
                    i / 2 + 1,
                    false,
                    "a",
                    "b",
                    startedAt,
                    0,
                    succeeded ? new Outcome.Succeeded() : new Outcome.Failed("restore", Message.literal("no")),
                    succeeded
                            ? Map.of(DOWNTIME, Figure.of(downtime * factor), TIME, Figure.of(time * factor))
                            : Map.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of()));
        }
        return new RunResult(
                "web",
                "run",
                "0.1.0",
                plan,
                startedAt,
                Optional.empty(),
                new RunEnd(end, Message.literal("because")),
                Map.of("host-a", facts),
                List.of(),
                List.of(),
                List.of(),
                samples);
    }

    JudgedResult judged() {
        return judged(Baseline.EMPTY);
    }

    JudgedResult judged(Baseline baseline) {
        RunResult run = run();
        return new JudgedResult(
                JudgedResult.FORMAT_VERSION,
                run,
                new Judge(Map.of(), List.of()).judge(run, baseline, RegressionPlan.DEFAULT));
    }

    PastBuild past(String label) {
        return PastBuild.finished(label, judged());
    }

    Baseline baseline(List<PastBuild> history) {
        return new BaselineBuilder(RegressionPlan.DEFAULT).rolling(run(), history, List.of(), List.of());
    }

    RegressionReport against(List<PastBuild> history) {
        return against(baseline(history));
    }

    RegressionReport against(Baseline baseline) {
        return new RegressionRule(RegressionPlan.DEFAULT).judge(run(), baseline);
    }
}
