package io.jenkins.plugins.livemigration.engine.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.livemigration.engine.EngineVersion;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Evidence;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of a published study of 150 migrations with Podman and CRIU: one row a migration, a scenario for every
 * environment and database size. Its downtime is the destination's wall clock when the service was up minus the source's
 * when it went down; its migration time is the source's total plus the destination's. Both are kept under the names of
 * these definitions, apart from the engine's own.
 */
public final class PodmanCriuCsv implements ImportFormat {
    private static final List<String> COLUMNS = List.of(
            "environment",
            "db_rows",
            "checkpoint_mb",
            "total_mb",
            "run",
            "source",
            "destination",
            "down_timestamp_s",
            "source_total_s",
            "up_timestamp_s",
            "destination_total_s",
            "downtime_s",
            "migration_time_s");
    private static final double MILLIS = 1000;
    private static final double MEGABYTE = 1e6;

    @Override
    public String name() {
        return "podman-criu-csv";
    }

    @Override
    public RunResult read(List<Path> files, long maxBytes) throws IOException {
        Path file = files.get(0);
        return parse(ImportedFile.name(file, ".csv"), ImportedFile.text(file, maxBytes));
    }

    /**
     * Reads the table from its text.
     *
     * @param name of the run
     */
    RunResult parse(String name, String text) throws MalformedImportException {
        List<Row> rows = rows(text);
        rows.sort(Comparator.comparingDouble(Row::downAt));
        Map<String, String> homes = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        List<Sample> samples = new ArrayList<>();
        for (Row row : rows) {
            String home = homes.computeIfAbsent(row.scenario(), first -> row.source());
            Direction direction = row.source().equals(home) ? Direction.OUT : Direction.BACK;
            int number = numbers.merge(row.scenario() + " " + direction, 1, Integer::sum);
            samples.add(row.sample(samples.size() + 1, direction, number));
        }
        Row last = rows.get(rows.size() - 1);
        return new RunResult(
                name,
                name,
                EngineVersion.current(),
                JsonNodeFactory.instance.objectNode(),
                samples.get(0).requestedAt(),
                Optional.of(instant(last.downAt() + last.migrationTime())),
                new RunEnd(RunEnd.Kind.COMPLETED, Message.of("importing.completed", samples.size())),
                Map.of(),
                List.of(),
                List.of(),
                List.of(Message.of("importing.published"), Message.of("importing.twoClocks")),
                samples);
    }

    private static List<Row> rows(String text) throws MalformedImportException {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !List.of(lines.get(0).split(",", -1)).equals(COLUMNS)) {
            throw new MalformedImportException(
                    "line 1: not the columns of podman-criu-csv, which are " + String.join(",", COLUMNS));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(Row.of(lines.get(i), i + 1));
            }
        }
        if (rows.isEmpty()) {
            throw new MalformedImportException("line 2: no migrations behind the columns");
        }
        return rows;
    }

    private static Instant instant(double epochSeconds) {
        return Instant.ofEpochMilli(Math.round(epochSeconds * MILLIS));
    }

    /** One migration; times in seconds. */
    private record Row(
            String line,
            String scenario,
            String source,
            String destination,
            double checkpointMegabytes,
            double downAt,
            double downtime,
            double migrationTime) {

        static Row of(String line, int number) throws MalformedImportException {
            String[] cells = line.split(",", -1);
            if (cells.length != COLUMNS.size()) {
                throw new MalformedImportException(
                        "line " + number + ": " + cells.length + " cells where " + COLUMNS.size() + " belong");
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.length; i++) {
                row.put(COLUMNS.get(i), cells[i].strip());
            }
            return new Row(
                    line,
                    text(row, "environment", number) + "/" + text(row, "db_rows", number),
                    text(row, "source", number),
                    text(row, "destination", number),
                    value(row, "checkpoint_mb", number),
                    value(row, "down_timestamp_s", number),
                    value(row, "downtime_s", number),
                    value(row, "migration_time_s", number));
        }

        private static String text(Map<String, String> row, String column, int number) throws MalformedImportException {
            String text = row.getOrDefault(column, "");
            if (text.isEmpty()) {
                throw new MalformedImportException("line " + number + ": " + column + " is empty");
            }
            return text;
        }

        private static double value(Map<String, String> row, String column, int number)
                throws MalformedImportException {
            String text = text(row, column, number);
            // Digits only: Double.parseDouble would take "NaN", "Infinity" and "1d" as well.
            if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,20})?")) {
                throw new MalformedImportException(
                        "line " + number + ": " + column + " is not a positive number: " + text);
            }
            return Double.parseDouble(text);
        }

        Sample sample(int order, Direction direction, int number) {
            Map<String, Figure> figures = new LinkedHashMap<>();
            figures.put("downtime.published", Figure.of(downtime * MILLIS, Message.of("importing.publishedDowntime")));
            figures.put(
                    "migrationTime.published",
                    Figure.of(migrationTime * MILLIS, Message.of("importing.publishedMigrationTime")));
            // The study prints whole megabytes.
            figures.put(
                    "bytes.archive",
                    Figure.between(
                            Math.max(0, checkpointMegabytes - 0.5) * MEGABYTE,
                            checkpointMegabytes * MEGABYTE,
                            (checkpointMegabytes + 0.5) * MEGABYTE));
            return new Sample(
                    order,
                    scenario,
                    direction,
                    number,
                    false,
                    source,
                    destination,
                    instant(downAt),
                    0,
                    new Outcome.Succeeded(),
                    figures,
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(new Evidence("row", line)));
        }
    }
}
