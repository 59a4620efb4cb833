package io.jenkins.plugins.livemigration.bench.gate;

import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Alignment;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BuildFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.DirectionFigure;
import io.jenkins.plugins.livemigration.engine.verdict.regression.FigureScale;
import io.jenkins.plugins.livemigration.engine.verdict.regression.FigureTest;
import io.jenkins.plugins.livemigration.engine.verdict.regression.RelevantChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * The 150 published runs, per environment as ten builds of five: of every database size runs 1 to 5 and 6 to 10, the
 * size's effect taken out by dividing by its median over all ten runs. Nothing changed between the builds.
 */
final class PublishedRuns {
    private static final int RUNS_PER_BUILD = 5;
    private static final Metric[] METRICS = {Metrics.DOWNTIME_PUBLISHED, Metrics.MIGRATION_TIME_PUBLISHED};
    private static final int FEWEST_BUILDS = 3;

    private PublishedRuns() {}

    /** One run. */
    private record Run(String environment, int rows, int number, List<Double> seconds) {
        Direction direction() {
            return number % 2 == 1 ? Direction.OUT : Direction.BACK;
        }
    }

    /**
     * What the gate says about one environment.
     *
     * @param rolling statuses of builds 4 to 10, each against all before it
     * @param leaveOneOut statuses of all ten builds, each against the other nine
     * @param withoutDirections the same, had the directions not been told apart
     * @param outMedian downtime in seconds
     * @param backMedian downtime in seconds
     * @param p two-sided Mann-Whitney of the two directions' downtimes
     */
    record Seen(
            String environment,
            List<Status> rolling,
            List<Status> leaveOneOut,
            List<Status> withoutDirections,
            double outMedian,
            double backMedian,
            double p,
            double backMinusOut) {}

    static List<Seen> judge(Path csv) throws IOException {
        Map<String, List<Run>> byEnvironment = new LinkedHashMap<>();
        for (String line : Files.readAllLines(csv)) {
            String[] cells = line.split(",", -1);
            if (!cells[0].equals("environment")) {
                Run run = new Run(
                        cells[0],
                        Integer.parseInt(cells[1]),
                        Integer.parseInt(cells[4]),
                        List.of(Double.parseDouble(cells[11]), Double.parseDouble(cells[12])));
                byEnvironment
                        .computeIfAbsent(run.environment(), key -> new ArrayList<>())
                        .add(run);
            }
        }
        List<Seen> seen = new ArrayList<>();
        byEnvironment.forEach((environment, runs) -> seen.add(judge(environment, runs)));
        return seen;
    }

    private static Seen judge(String environment, List<Run> runs) {
        List<List<BuildFigure>> told = new ArrayList<>();
        List<List<BuildFigure>> untold = new ArrayList<>();
        for (int metric = 0; metric < METRICS.length; metric++) {
            told.add(builds(runs, metric, true));
            untold.add(builds(runs, metric, false));
        }
        List<Status> rolling = new ArrayList<>();
        List<Status> leaveOneOut = new ArrayList<>();
        List<Status> withoutDirections = new ArrayList<>();
        for (int build = 0; build < told.get(0).size(); build++) {
            if (build >= FEWEST_BUILDS) {
                rolling.add(judge(told, build, true));
            }
            leaveOneOut.add(judge(told, build, false));
            withoutDirections.add(judge(untold, build, false));
        }
        double[] out = downtimes(runs, Direction.OUT);
        double[] back = downtimes(runs, Direction.BACK);
        return new Seen(
                environment,
                rolling,
                leaveOneOut,
                withoutDirections,
                Median.withDefaults().evaluate(out.clone()),
                Median.withDefaults().evaluate(back.clone()),
                MannWhitneyUTest.withDefaults().test(out, back).getPValue(),
                Math.exp(Alignment.of(told.get(0), scale(0)).backMinusOut()));
    }

    private static double[] downtimes(List<Run> runs, Direction direction) {
        return runs.stream()
                .filter(run -> run.direction() == direction)
                .mapToDouble(run -> run.seconds().get(0))
                .toArray();
    }

    private static Status judge(List<List<BuildFigure>> figures, int build, boolean onlyEarlier) {
        FigureTest[] tests = new FigureTest[figures.size()];
        for (int metric = 0; metric < tests.length; metric++) {
            List<BuildFigure> builds = figures.get(metric);
            List<BuildFigure> baseline = new ArrayList<>(builds.subList(0, build));
            if (!onlyEarlier) {
                baseline.addAll(builds.subList(build + 1, builds.size()));
            }
            tests[metric] = FigureTest.of(builds.get(build), baseline, scale(metric), GateCell.NOISE_FLOOR);
        }
        return GateCell.worst(GateCell.statuses(tests, Shift.NONE));
    }

    private static FigureScale scale(int metric) {
        return new FigureScale(METRICS[metric], RelevantChanges.of(METRICS[metric]));
    }

    private static List<BuildFigure> builds(List<Run> runs, int metric, boolean tellDirections) {
        double typical = Median.withDefaults()
                .evaluate(runs.stream()
                        .mapToDouble(run -> run.seconds().get(metric))
                        .toArray());
        List<BuildFigure> builds = new ArrayList<>();
        for (int rows : runs.stream().mapToInt(Run::rows).distinct().toArray()) {
            List<Run> ofSize = runs.stream().filter(run -> run.rows() == rows).toList();
            double median = Median.withDefaults()
                    .evaluate(ofSize.stream()
                            .mapToDouble(run -> run.seconds().get(metric))
                            .toArray());
            for (int from = 0; from < ofSize.size(); from += RUNS_PER_BUILD) {
                builds.add(
                        build(ofSize.subList(from, from + RUNS_PER_BUILD), metric, typical / median, tellDirections));
            }
        }
        return builds;
    }

    private static BuildFigure build(List<Run> runs, int metric, double factor, boolean tellDirections) {
        List<DirectionFigure> directions = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            double[] values = runs.stream()
                    .filter(run -> tellDirections ? run.direction() == direction : direction == Direction.OUT)
                    .mapToDouble(run -> 1000 * factor * run.seconds().get(metric))
                    .toArray();
            if (values.length > 0) {
                directions.add(DirectionFigure.of(direction, values));
            }
        }
        return new BuildFigure("published", METRICS[metric].id(), directions);
    }

    /** {@code 9 PASS, 1 UNSTABLE}. */
    static String count(List<Status> statuses) {
        List<String> parts = new ArrayList<>();
        Arrays.stream(Status.values()).forEach(status -> {
            long count = statuses.stream().filter(status::equals).count();
            if (count > 0) {
                parts.add(count + " " + status);
            }
        });
        return String.join(", ", parts);
    }
}
