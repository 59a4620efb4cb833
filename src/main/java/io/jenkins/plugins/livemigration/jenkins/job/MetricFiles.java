package io.jenkins.plugins.livemigration.jenkins.job;

import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Summary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values of a job's metrics over its builds: a file per metric, each only ever added to and read from its end. */
final class MetricFiles {
    private final Path folder;
    private final BuildFolders builds;

    /**
     * Such files.
     *
     * @param folder their own
     * @param builds those that still exist
     */
    MetricFiles(Path folder, BuildFolders builds) {
        this.folder = folder;
        this.builds = builds;
    }

    /** Adds what a build's result says of each metric. */
    void add(int build, JudgedResult judged) throws IOException {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (Summary summary : judged.verdict().summaries()) {
            if (summary.direction().isEmpty() && Metrics.find(summary.metric()).isPresent()) {
                HistoryPoint.of(build, judged.result().name(), summary)
                        .ifPresent(point -> lines.computeIfAbsent(summary.metric(), metric -> new ArrayList<>())
                                .add(point.text()));
            }
        }
        for (Map.Entry<String, List<String>> metric : lines.entrySet()) {
            file(metric.getKey()).append(metric.getValue());
        }
    }

    /** A metric's values in builds that still exist, in order. */
    List<HistoryPoint> of(String metric) throws IOException {
        if (Metrics.find(metric).isEmpty()) {
            return List.of();
        }
        Set<Integer> there = builds.all();
        return BuildOrder.lastOfEach(
                file(metric).read(HistoryPoint::parse), there::contains, HistoryPoint::build, MetricFiles::key);
    }

    /** The same in these builds: what came long before is not read. */
    List<HistoryPoint> of(String metric, Set<Integer> wanted) throws IOException {
        if (Metrics.find(metric).isEmpty() || wanted.isEmpty()) {
            return List.of();
        }
        int oldest = Collections.min(wanted);
        Set<Integer> older = new HashSet<>();
        List<HistoryPoint> read = file(metric).readNewest(HistoryPoint::parse, point -> {
            if (point.build() < oldest) {
                older.add(point.build());
            }
            return older.size() < BuildOrder.OUT_OF_ORDER;
        });
        return BuildOrder.lastOfEach(read, wanted::contains, HistoryPoint::build, MetricFiles::key);
    }

    private static String key(HistoryPoint point) {
        return point.build() + "\t" + point.name() + "\t" + point.scenario();
    }

    /** The metrics that have values, in the order in which they are shown. */
    List<String> metrics() {
        return Metrics.all().stream()
                .map(metric -> metric.id())
                .filter(metric -> file(metric).exists())
                .toList();
    }

    /** Deletes all. */
    void forget() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** From the catalogue alone: no text of a result becomes a file's name. */
    private HistoryFile file(String metric) {
        return new HistoryFile(folder.resolve(metric + ".tsv"));
    }
}
