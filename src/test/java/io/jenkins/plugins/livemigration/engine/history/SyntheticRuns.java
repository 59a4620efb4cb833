package io.jenkins.plugins.livemigration.engine.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Runs of a benchmark "web" as they lie on disk: ten moves around a downtime, a day apart. */
public final class SyntheticRuns {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final double[] SPREAD = {-0.04, 0.03, -0.02, 0.01, 0, 0.005, -0.01, 0.02, -0.03, 0.04};

    private final Path directory;

    public SyntheticRuns(Path directory) {
        this.directory = directory;
    }

    /** Runs with these downtimes in milliseconds, in scenario "default", and migration times of 20 s. */
    public List<Path> add(double... downtimes) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < downtimes.length; i++) {
            folders.add(add(i, "6.1", Map.of("default", downtimes[i])));
        }
        return folders;
    }

    /** A run of that day, on that kernel, with a downtime for each scenario. */
    public Path add(int day, String kernel, Map<String, Double> downtimes) throws IOException {
        return write(judged(day, kernel, downtimes, RunEnd.Kind.COMPLETED));
    }

    /** A run that the infrastructure broke. */
    public Path addBroken(int day) throws IOException {
        return write(judged(day, "6.1", Map.of(), RunEnd.Kind.INFRASTRUCTURE));
    }

    private Path write(JudgedResult judged) throws IOException {
        Path folder = directory.resolve(judged.result().runId() + "-web");
        Files.createDirectories(folder);
        ResultFile.write(judged, folder);
        return folder;
    }

    private static JudgedResult judged(int day, String kernel, Map<String, Double> downtimes, RunEnd.Kind end) {
        RunResult run = run(day, kernel, downtimes, end);
        return new JudgedResult(JudgedResult.FORMAT_VERSION, run, new Judge(Map.of(), List.of()).judge(run));
    }

    /** The same without a file. */
    public static RunResult run(int day, String kernel, Map<String, Double> downtimes, RunEnd.Kind end) {
        Instant started = START.plus(Duration.ofDays(day));
        List<Sample> samples = new ArrayList<>();
        downtimes.forEach((scenario, downtime) -> {
            for (double spread : SPREAD) {
                boolean out = samples.size() % 2 == 0;
                double factor = 1 + spread + 0.001 * day;
                samples.add(new Sample(
                        samples.size() + 1,
                        scenario,
                        out ? Direction.OUT : Direction.BACK,
                        samples.size() / 2 + 1,
                        false,
                        "a",
                        "b",
                        started,
                        0,
                        new Outcome.Succeeded(),
                        Map.of(
                                "downtime.observed",
                                Figure.of(downtime * factor),
                                "migrationTime.platform",
                                Figure.of(20_000 * factor)),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of()));
            }
        });
        String stamp = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(started);
        return new RunResult(
                "web",
                stamp + String.format(Locale.ROOT, "-%04x", day),
                "0.1.0",
                JsonNodeFactory.instance.objectNode().put("of", "web"),
                started,
                Optional.of(started.plusSeconds(60)),
                new RunEnd(end, Message.literal("done")),
                Map.of("host-a", Map.of("kernel", kernel, "cpu", "EPYC")),
                List.of(),
                List.of(),
                List.of(),
                samples);
    }
}
