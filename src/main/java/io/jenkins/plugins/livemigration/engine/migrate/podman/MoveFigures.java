package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/** Collects what Podman and CRIU say of a move, and reports it when the move is over. */
final class MoveFigures {
    private static final double MICROS_PER_MILLI = 1000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<PodmanStats> checkpoints = new ArrayList<>();
    private final List<PodmanStats> restores = new ArrayList<>();
    private final boolean volumes;
    private long volumeBytes;
    private long archiveBytes;
    private Optional<Long> dumpedNanos = Optional.empty();
    private Optional<Long> restoredNanos = Optional.empty();

    /** For a move with or without volumes. */
    MoveFigures(boolean volumes) {
        this.volumes = volumes;
    }

    /** Adds the payload of one volume synchronisation. */
    void addVolumeBytes(long bytes) {
        volumeBytes += bytes;
    }

    /** Adds the size of one archive as it was sent. */
    void addArchiveBytes(long bytes) {
        archiveBytes += bytes;
    }

    /** All processes of the workload were gone from the source at this {@link System#nanoTime()}. */
    void dumped(long nanos) {
        dumpedNanos = Optional.of(nanos);
    }

    /** The last restore command ended at this {@link System#nanoTime()}. */
    void restored(long nanos) {
        restoredNanos = Optional.of(nanos);
    }

    /** Takes {@code NAME JSON} lines of the source. */
    void checkpointStats(String lines, MigrationListener listener) {
        read(lines, "podman container checkpoint --print-stats ", checkpoints, listener);
    }

    /** Takes {@code NAME JSON} lines of the destination. */
    void restoreStats(String lines, MigrationListener listener) {
        read(lines, "podman container restore --print-stats ", restores, listener);
    }

    private static void read(String lines, String evidence, List<PodmanStats> into, MigrationListener listener) {
        for (String line : lines.lines().toList()) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                listener.evidence(evidence + line.substring(0, blank), line.substring(blank + 1));
                PodmanStats.parse(line.substring(blank + 1)).ifPresent(into::add);
            }
        }
    }

    /** Tells the listener all figures. */
    void report(MigrationListener listener) {
        listener.figure(Metrics.FREEZE, longest(checkpoints, PodmanStats::frozenMicros, "migrate/podman.criuFrozen"));
        listener.figure(
                Metrics.DUMP, longest(checkpoints, PodmanStats::runtimeMicros, "migrate/podman.runtimeCheckpoint"));
        listener.figure(Metrics.RESTORE, longest(restores, PodmanStats::restoreMicros, "migrate/podman.criuRestore"));
        listener.figure(
                Metrics.PAGES_WRITTEN,
                checkpoints.isEmpty()
                        ? noStatistics()
                        : Figure.of((double) checkpoints.stream()
                                .mapToLong(PodmanStats::pagesWritten)
                                .sum()));
        listener.figure(Metrics.DOWNTIME_REPORTED, reportedDowntime());
        bytes(listener, Metrics.BYTES_ARCHIVE, archiveBytes);
        if (volumes) {
            listener.figure(Metrics.BYTES_VOLUME, Figure.of((double) volumeBytes));
        }
    }

    private static void bytes(MigrationListener listener, Metric metric, long bytes) {
        listener.figure(metric, bytes > 0 ? Figure.of((double) bytes) : noStatistics());
    }

    /** The containers are worked on at the same time: the slowest one counts. */
    private static Figure longest(List<PodmanStats> all, ToLongFunction<PodmanStats> micros, String definition) {
        if (all.isEmpty()) {
            return noStatistics();
        }
        double value = all.stream().mapToLong(micros).max().orElseThrow() / MICROS_PER_MILLI;
        return Figure.of(value, Message.of(definition));
    }

    /**
     * From the moment at which CRIU began to freeze the first process to the end of the last restore. CRIU says how long
     * freezing and dumping took; the end of that is when the processes were gone, which the engine heard of.
     */
    private Figure reportedDowntime() {
        OptionalDouble frozen = checkpoints.stream()
                .mapToLong(stats -> stats.freezingMicros() + stats.frozenMicros())
                .mapToDouble(micros -> micros / MICROS_PER_MILLI)
                .max();
        if (frozen.isEmpty() || dumpedNanos.isEmpty() || restoredNanos.isEmpty()) {
            return noStatistics();
        }
        double value = (restoredNanos.get() - dumpedNanos.get()) / NANOS_PER_MILLI + frozen.getAsDouble();
        return Figure.of(value, Message.of("migrate/podman.reportedDowntime"));
    }

    private static Figure noStatistics() {
        return Figure.absent(Message.of("migrate/podman.noStatistics"));
    }
}
