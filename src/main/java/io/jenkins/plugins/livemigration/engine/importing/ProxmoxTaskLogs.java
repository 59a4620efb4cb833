package io.jenkins.plugins.livemigration.engine.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.livemigration.engine.EngineVersion;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.Upid;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLogFigures;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLogOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLogParser;
import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.plan.DefaultCategories;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Evidence;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.result.Phase;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Saved task logs of Proxmox VE migrations: all files together are one run, each log in them a sample. A file that still
 * has its task's name (UPID, as below {@code /var/log/pve/tasks}) tells when and on which node the task began; other logs
 * tell at most the node's local time.
 */
public final class ProxmoxTaskLogs implements ImportFormat {
    private static final double MILLIS = 1000;
    private static final String UNKNOWN_NODE = "?";
    /** Of a longer log the middle is left out of the evidence; figures come from all of it. */
    private static final int MOST_EVIDENCE = 256 * 1024;

    @Override
    public String name() {
        return "proxmox-log";
    }

    @Override
    public List<List<Path>> runs(List<Path> files) {
        return List.of(List.copyOf(files));
    }

    @Override
    public Map<String, CategoryEdges> categories() {
        return DefaultCategories.ofDriver("proxmox");
    }

    @Override
    public RunResult read(List<Path> files, long maxBytes) throws IOException {
        List<Found> found = new ArrayList<>();
        for (Path file : files) {
            String task = ImportedFile.name(file, ".log");
            Instant lastChange = Files.getLastModifiedTime(file).toInstant();
            List<String> logs = TaskLogParser.split(ImportedFile.text(file, maxBytes));
            Optional<Upid> upid = logs.size() == 1 ? Upid.parse(task) : Optional.empty();
            for (String text : logs) {
                TaskLog log = TaskLogParser.parse(text);
                if (!ofAMigration(log)) {
                    throw new MalformedImportException(file + ": none of its " + log.lines()
                            + " lines says that a guest was migrated; a task log of a migration belongs here");
                }
                found.add(new Found(text, log, upid, lastChange));
            }
        }
        if (found.stream().allMatch(Found::dated)) {
            found.sort(Comparator.comparing(Found::at));
        }
        String name = files.size() == 1 ? ImportedFile.name(files.get(0), ".log") : name();
        return run(name, found);
    }

    private static boolean ofAMigration(TaskLog log) {
        return log.guest().isPresent()
                || log.lastStage().isPresent()
                || log.end().verdict() != TaskLog.End.Verdict.UNSAID
                || log.downtimeMillis().isPresent()
                || log.memoryProgress().isPresent()
                || log.memorySent().isPresent()
                || log.remarks().stream().anyMatch(remark -> remark.text().startsWith("online migrate failure"));
    }

    private static RunResult run(String name, List<Found> logs) {
        Map<String, String> firstTargets = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        List<Sample> samples = new ArrayList<>();
        Set<Message> notes = new LinkedHashSet<>();
        notes.add(Message.of("importing.taskLogsAlone"));
        if (!logs.stream().allMatch(Found::exactlyDated)) {
            notes.add(Message.of("importing.localTime"));
        }
        for (Found found : logs) {
            String target = found.log().target().orElse(UNKNOWN_NODE);
            String away = firstTargets.computeIfAbsent(found.guest(), first -> target);
            Direction direction = target.equals(away) ? Direction.OUT : Direction.BACK;
            int number = numbers.merge(found.guest() + " " + direction, 1, Integer::sum);
            samples.add(found.sample(samples.size() + 1, direction, number));
            notes.addAll(TaskLogFigures.notes(found.log()));
        }
        return new RunResult(
                name,
                name,
                EngineVersion.current(),
                JsonNodeFactory.instance.objectNode(),
                samples.get(0).requestedAt(),
                Optional.of(logs.get(logs.size() - 1).endedAt()),
                new RunEnd(RunEnd.Kind.COMPLETED, Message.of("importing.taskLogs", samples.size())),
                Map.of(),
                List.of(),
                List.of(),
                List.copyOf(notes),
                samples);
    }

    /**
     * A log and what is known of its file.
     *
     * @param lastChange of the file
     */
    private record Found(String text, TaskLog log, Optional<Upid> upid, Instant lastChange) {

        boolean exactlyDated() {
            return upid.isPresent();
        }

        boolean dated() {
            return upid.isPresent() || log.begin().isPresent();
        }

        /** Evidence only: local times are taken as if they were UTC. */
        Instant at() {
            return upid.map(Upid::started)
                    .or(() -> log.begin().map(local -> local.toInstant(ZoneOffset.UTC)))
                    .orElse(lastChange);
        }

        Instant endedAt() {
            return at().plusSeconds(Math.max(0, log.durationSeconds().orElse(0)));
        }

        String guest() {
            return log.guest().map(guest -> guest.kind() + " " + guest.id()).orElse("guest");
        }

        Sample sample(int order, Direction direction, int number) {
            Map<Metric, Figure> found = new HashMap<>(TaskLogFigures.of(log));
            found.put(Metrics.MIGRATION_TIME_PLATFORM, TaskLogFigures.migrationTime(log));
            Map<String, Figure> figures = new LinkedHashMap<>();
            Metrics.all().stream()
                    .filter(found::containsKey)
                    .forEach(metric -> figures.put(metric.id(), Objects.requireNonNull(found.get(metric))));
            return new Sample(
                    order,
                    guest(),
                    direction,
                    number,
                    false,
                    upid.map(Upid::node).orElse(UNKNOWN_NODE),
                    log.target().orElse(UNKNOWN_NODE),
                    at(),
                    0,
                    TaskLogOutcome.of(log),
                    figures,
                    log.phases().stream().map(Found::phase).toList(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(new Evidence("task log", evidence())));
        }

        private static Phase phase(TaskLog.Span span) {
            return new Phase(
                    span.stage().phase(), span.startSecond() * MILLIS, span.endSecond() * MILLIS, OptionalLong.empty());
        }

        private String evidence() {
            return text.length() <= MOST_EVIDENCE
                    ? text
                    : text.substring(0, MOST_EVIDENCE / 2) + "\n[...]\n"
                            + text.substring(text.length() - MOST_EVIDENCE / 2);
        }
    }
}
