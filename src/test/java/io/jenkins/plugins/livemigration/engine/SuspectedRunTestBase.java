package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineBuild;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.ComparablePlan;
import io.jenkins.plugins.livemigration.engine.verdict.regression.DirectionFigure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a platform in memory that reports downtimes as it is told, against builds of 800 ms. */
abstract class SuspectedRunTestBase {
    static final double[] SPREAD = {-0.04, 0.03, -0.02, 0.01, 0, 0, -0.01, 0.02, -0.03, 0.04};
    static final String SUSPECT = "samples: 5\nwarmup: 0\n";

    @TempDir
    Path directory;

    final Cancellation breakOff = new Cancellation();
    final Cancellation afterSample = new Cancellation();
    final FakePlatform platform = new FakePlatform("a");

    JudgedResult run(String keys) throws Exception {
        return run(keys, handedIn(keys));
    }

    JudgedResult run(String keys, BaselineChoice baseline) throws Exception {
        return run(keys, baseline, event -> {});
    }

    JudgedResult run(String keys, BaselineChoice baseline, Consumer<JournalEvent> listener) throws Exception {
        RunEnd end = new WholeRun(WholeRun.plan(keys), folder(), new SilentProbes())
                .run(
                        name -> platform,
                        journal -> new BaselineSuspicion(folder(), baseline, journal),
                        entry -> listener.accept(entry.event()),
                        breakOff,
                        afterSample);
        return RunEvaluation.of(folder(), end, baseline);
    }

    static Status figure(JudgedResult judged) {
        return judged.verdict()
                .regression()
                .orElseThrow()
                .figure("default", "downtime.reported")
                .orElseThrow()
                .status();
    }

    /** Rounds of ten downtimes around these. */
    void reports(double... rounds) {
        for (double round : rounds) {
            for (double spread : SPREAD) {
                platform.downtimes.add(round * (1 + spread));
            }
        }
    }

    Path folder() {
        return directory.resolve("run");
    }

    static BaselineChoice handedIn(String keys) {
        String digest = ComparablePlan.digest(WholeRun.plan(keys).canonical());
        List<BaselineBuild> builds = new ArrayList<>();
        double[] medians = {800, 850, 750, 820, 780, 840, 760, 810, 790, 800};
        for (int i = 0; i < medians.length; i++) {
            List<BuildFigure> figures = new ArrayList<>();
            for (String scenario : List.of("default", "heavy")) {
                figures.add(new BuildFigure(
                        scenario,
                        "downtime.reported",
                        List.of(direction(Direction.OUT, medians[i]), direction(Direction.BACK, medians[i]))));
            }
            Instant day = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(i));
            builds.add(new BaselineBuild(String.valueOf(i + 1), day, digest, Map.of(), figures, List.of()));
        }
        return new BaselineChoice(
                new BaselineChoice.Source.HandedIn(
                        new Baseline(Baseline.FORMAT_VERSION, builds, List.of(), List.of(), List.of(), List.of())),
                List.of());
    }

    private static DirectionFigure direction(Direction direction, double median) {
        double[] values = new double[5];
        for (int i = 0; i < values.length; i++) {
            values[i] = median * (1 + SPREAD[2 * i]);
        }
        return DirectionFigure.of(direction, values);
    }
}
