package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Status;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import io.jenkins.plugins.livemigration.engine.verdict.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * How long a trend's data takes, from the job's history and, to compare, by walking the builds: called by
 * {@code bench/trend}, which describes what is printed.
 */
public final class TrendBench {
    private static final int SCENARIOS = 4;
    private static final List<String> METRICS = List.of(
            "downtime.observed",
            "downtime.reported",
            "migrationTime.platform",
            "migrationTime.service",
            "bytes.wire",
            "delay.rtt.during");
    private static final int WARM = 30;

    private final Path job;
    private final PrintStream out;

    private TrendBench(Path job, PrintStream out) {
        this.job = job;
        this.out = out;
    }

    /** {@code make FOLDER BUILDS}, {@code walk FOLDER}, or {@code view}, {@code all} or {@code changes FOLDER OTHER}. */
    public static void main(String[] arguments) throws Exception {
        TrendBench bench =
                new TrendBench(Path.of(arguments[1]), new PrintStream(System.out, true, StandardCharsets.UTF_8));
        switch (arguments[0]) {
            case "make" -> bench.make(Integer.parseInt(arguments[2]));
            case "view" -> bench.measure(arguments[2], data -> data.newest(Optional.empty(), TrendData.FIRST_VIEW));
            case "all" -> bench.measure(arguments[2], data -> data.all(Optional.of(METRICS.get(0))));
            case "changes" -> bench.measure(arguments[2], data -> data.levelChanges(METRICS.get(0)));
            case "walk" -> bench.walk();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private TrendData data() {
        return new TrendData(store(), Locale.ENGLISH);
    }

    private HistoryStore store() {
        return new HistoryStore(job.resolve(BuildFolders.OURS), job.resolve("builds"));
    }

    private void make(int builds) throws IOException {
        HistoryStore store = store();
        Random random = new Random(builds);
        for (int build = 1; build <= builds; build++) {
            JudgedResult judged = judged(build, random);
            Path folder = Files.createDirectories(job.resolve("builds")
                    .resolve(Integer.toString(build))
                    .resolve(BuildFolders.OURS)
                    .resolve("1"));
            Files.writeString(folder.resolve(ResultFile.NAME), ResultFile.text(judged));
            store.append(build, "1", judged);
        }
    }

    /** A build without samples: what a real one holds of them makes walking slower still. */
    private static JudgedResult judged(int build, Random random) {
        Instant at = Instant.EPOCH.plus(Duration.ofHours(build));
        Message said = Message.of("text.literal", "a sentence of some length, as verdicts have it");
        List<Summary> summaries = new ArrayList<>();
        for (int scenario = 0; scenario < SCENARIOS; scenario++) {
            for (String metric : METRICS) {
                double median = 800 * Math.exp(0.08 * random.nextGaussian()) * (build % 1000 > 970 ? 1.4 : 1);
                summaries.add(new Summary(
                        "scenario " + (scenario + 1),
                        Optional.empty(),
                        metric,
                        10,
                        0,
                        List.of(),
                        Optional.of(new Summary.Spread(
                                median,
                                false,
                                median * 0.95,
                                median * 1.05,
                                median * 0.9,
                                median * 1.2,
                                false,
                                Optional.of(new Summary.Interval(median * 0.93, median * 1.08, false)))),
                        Optional.of("very bad"),
                        false));
            }
        }
        RunResult run = new RunResult(
                "web after kernel upgrade",
                "run-" + build,
                "1",
                JsonNodeFactory.instance.objectNode().put("name", "web after kernel upgrade"),
                at,
                Optional.of(at.plusSeconds(600)),
                new RunEnd(RunEnd.Kind.COMPLETED, said),
                Map.of("host-a", Map.of("kernel", "6." + build / 500), "host-b", Map.of("kernel", "6.1")),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        Map<String, CategoryEdges> categories = Map.of(
                METRICS.get(0),
                new CategoryEdges(
                        List.of(
                                new CategoryEdges.Edge("very good", 11),
                                new CategoryEdges.Edge("good", 61),
                                new CategoryEdges.Edge("bad", 100),
                                new CategoryEdges.Edge("very bad", Double.POSITIVE_INFINITY)),
                        "print"));
        return new JudgedResult(
                JudgedResult.FORMAT_VERSION,
                run,
                new Verdict(
                        build % 50 == 0 ? Status.UNSTABLE : Status.PASS,
                        said,
                        List.of(),
                        summaries,
                        categories,
                        Optional.empty()));
    }

    /**
     * The first answer of a new process, which is about another job; the first about this one; then the median and the slowest
     * of more, each as time that passed and as time of the processor; and the answer's size.
     */
    private void measure(String other, Question question) throws Exception {
        Times process = new Times();
        int size = size(question.ask(new TrendBench(Path.of(other), out).data()));
        process.stop();
        Times first = new Times();
        size = Math.max(size, size(question.ask(data())));
        first.stop();
        List<Times> more = new ArrayList<>();
        for (int i = 0; i < WARM; i++) {
            Times again = new Times();
            size = Math.max(size, size(question.ask(data())));
            again.stop();
            more.add(again);
        }
        double[] wall = more.stream().mapToDouble(times -> times.wall).sorted().toArray();
        double[] cpu = more.stream().mapToDouble(times -> times.cpu).sorted().toArray();
        out.printf(
                Locale.ROOT,
                "%.0f %.0f %.0f %.0f %.1f %.1f %.1f %.0f%n",
                process.wall,
                process.cpu,
                first.wall,
                first.cpu,
                wall[WARM / 2],
                wall[WARM - 1],
                cpu[WARM / 2],
                size / 1000.0);
    }

    /** What goes over the wire, in bytes. */
    private static int size(JsonNode answer) {
        return answer.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** What a page asks for. */
    @FunctionalInterface
    private interface Question {
        JsonNode ask(TrendData data) throws IOException;
    }

    /** Milliseconds that pass, and those of the processor in this thread. */
    private static final class Times {
        private double wall = System.nanoTime();
        private double cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        void stop() {
            wall = (System.nanoTime() - wall) / 1e6;
            cpu = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6;
        }
    }

    /** What a trend without a history does: every build's result is read. */
    private void walk() throws IOException {
        long start = System.nanoTime();
        BuildFolders builds = new BuildFolders(job.resolve("builds"));
        int points = 0;
        for (int build : builds.all()) {
            for (Path file : builds.results(build)) {
                points += ResultFile.read(file, 16L << 20).verdict().summaries().size();
            }
        }
        out.printf(Locale.ROOT, "%.0f %d%n", millis(start), points);
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / 1e6;
    }
}
