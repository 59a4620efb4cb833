package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A job's results over its builds, kept so that no build has to be loaded to draw a trend: a list of runs, and a file per
 * metric, each only ever added to. What belongs to builds that are gone is passed over. Where the list is missing, all is
 * made anew from the results in the builds' folders.
 */
public final class HistoryStore {
    private static final Logger LOGGER = Logger.getLogger(HistoryStore.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_RESULT = 16L << 20;

    private final Path folder;
    private final Path builds;
    private final HistoryFile runs;
    private final Path environment;

    /**
     * A store.
     *
     * @param folder its own
     * @param builds where the builds' folders are
     */
    HistoryStore(Path folder, Path builds) {
        this.folder = folder;
        this.builds = builds;
        this.runs = new HistoryFile(folder.resolve("runs.jsonl"));
        this.environment = folder.resolve("environment.json");
    }

    /** Whether any benchmark has ended in the job. Cheap: it is asked whenever the job is shown. */
    public boolean isThere() {
        return runs.exists();
    }

    /** Adds a build's result. */
    public synchronized void append(int build, JudgedResult judged) throws IOException {
        if (!runs.exists()) {
            rebuild(build);
        }
        add(build, judged);
    }

    private void add(int build, JudgedResult judged) throws IOException {
        String name = judged.result().name();
        for (Map.Entry<String, List<String>> metric : points(build, judged).entrySet()) {
            metricFile(metric.getKey()).append(metric.getValue());
        }
        HistoryEntry entry = new HistoryEntry(
                build,
                name,
                judged.result().startedAt(),
                judged.verdict().status().name(),
                changes(name, judged.result().environment()));
        runs.append(List.of(entry.text()));
    }

    private static Map<String, List<String>> points(int build, JudgedResult judged) {
        Map<String, List<String>> points = new LinkedHashMap<>();
        for (Summary summary : judged.verdict().summaries()) {
            if (summary.direction().isEmpty() && Metrics.find(summary.metric()).isPresent()) {
                HistoryPoint.of(build, judged.result().name(), summary)
                        .ifPresent(point -> points.computeIfAbsent(summary.metric(), metric -> new ArrayList<>())
                                .add(point.text()));
            }
        }
        return points;
    }

    /** What differs from the environment that was seen last under that name, which this one replaces. */
    private List<String> changes(String name, Map<String, Map<String, String>> now) throws IOException {
        Map<String, Map<String, Map<String, String>>> all = environments();
        Map<String, Map<String, String>> before = all.getOrDefault(name, now);
        List<String> changes = new ArrayList<>();
        now.forEach((host, facts) -> facts.forEach((fact, value) -> {
            String old = before.getOrDefault(host, Map.of()).getOrDefault(fact, value);
            if (!old.equals(value)) {
                changes.add(host + " " + fact + ": " + old + " → " + value);
            }
        }));
        all.put(name, now);
        Files.createDirectories(folder);
        Files.write(environment, JSON.writeValueAsBytes(all));
        return changes;
    }

    private Map<String, Map<String, Map<String, String>>> environments() throws IOException {
        if (!Files.exists(environment)) {
            return new LinkedHashMap<>();
        }
        try {
            return JSON.readValue(
                    Files.readAllBytes(environment),
                    JSON.getTypeFactory()
                            .constructMapType(
                                    LinkedHashMap.class,
                                    JSON.getTypeFactory().constructType(String.class),
                                    JSON.getTypeFactory()
                                            .constructMapType(
                                                    LinkedHashMap.class,
                                                    JSON.getTypeFactory().constructType(String.class),
                                                    JSON.getTypeFactory()
                                                            .constructMapType(
                                                                    LinkedHashMap.class, String.class, String.class))));
        } catch (JsonProcessingException damaged) {
            return new LinkedHashMap<>();
        }
    }

    /** The runs of builds that still exist, in order; of several of one build and name the last. */
    public synchronized List<HistoryEntry> runs() throws IOException {
        if (!runs.exists()) {
            rebuild(Integer.MAX_VALUE);
        }
        Set<Integer> there = builds();
        return lastOfEach(
                runs.read(HistoryStore::entry),
                there,
                HistoryEntry::build,
                entry -> entry.build() + "\t" + entry.name());
    }

    /** A metric's values in builds that still exist, in order. */
    public synchronized List<HistoryPoint> points(String metric) throws IOException {
        if (Metrics.find(metric).isEmpty()) {
            return List.of();
        }
        Set<Integer> there = builds();
        return lastOfEach(
                metricFile(metric).read(HistoryPoint::parse),
                there,
                HistoryPoint::build,
                point -> point.build() + "\t" + point.name() + "\t" + point.scenario());
    }

    /** The metrics that have values, in the order in which they are shown. */
    public synchronized List<String> metrics() {
        return Metrics.all().stream()
                .map(metric -> metric.id())
                .filter(metric -> metricFile(metric).exists())
                .toList();
    }

    private static <T> List<T> lastOfEach(
            List<T> all, Set<Integer> there, ToIntFunction<T> build, Function<T, String> key) {
        List<T> kept = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            T one = all.get(i);
            if (there.contains(build.applyAsInt(one)) && seen.add(key.apply(one))) {
                kept.add(one);
            }
        }
        Collections.reverse(kept);
        return kept;
    }

    private static Optional<HistoryEntry> entry(String line) {
        try {
            JsonNode tree = JSON.readTree(line);
            return tree == null ? Optional.empty() : HistoryEntry.of(tree);
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    /** From the catalogue alone: no text of a result becomes a file's name. */
    private HistoryFile metricFile(String metric) {
        return new HistoryFile(folder.resolve("metrics").resolve(metric + ".tsv"));
    }

    private Set<Integer> builds() throws IOException {
        Set<Integer> numbers = new TreeSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(builds)) {
            for (Path one : folders) {
                String name = String.valueOf(one.getFileName());
                if (name.matches("[0-9]{1,9}")) {
                    numbers.add(Integer.valueOf(name));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return numbers;
        }
        return numbers;
    }

    private void rebuild(int before) throws IOException {
        Path metrics = folder.resolve("metrics");
        if (Files.isDirectory(metrics)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(metrics)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
        for (int build : builds()) {
            Path results = builds.resolve(Integer.toString(build)).resolve("live-migration-benchmark");
            if (build < before && Files.isDirectory(results)) {
                try (DirectoryStream<Path> folders = Files.newDirectoryStream(results)) {
                    for (Path one : folders) {
                        restore(build, one.resolve(ResultFile.NAME));
                    }
                }
            }
        }
    }

    private void restore(int build, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        JudgedResult judged;
        try {
            judged = ResultFile.read(file, LONGEST_RESULT);
        } catch (IOException unreadable) {
            LOGGER.log(Level.WARNING, unreadable, () -> "Not in the history: " + file);
            return;
        }
        add(build, judged);
    }
}
