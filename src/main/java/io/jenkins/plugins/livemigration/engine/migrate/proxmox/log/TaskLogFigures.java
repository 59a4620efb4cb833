package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The figures that a task log holds, each with its definition and bounds, or the reason why it is not there. */
public final class TaskLogFigures {
    private static final double MILLIS = 1000;

    private TaskLogFigures() {}

    /** All figures but the migration time, which a live run measures itself. */
    public static Map<Metric, Figure> of(TaskLog log) {
        Map<Metric, Figure> figures = new LinkedHashMap<>();
        figures.put(Metrics.DOWNTIME_REPORTED, downtime(log));
        figures.put(Metrics.BYTES_RAM, memory(log));
        if (!log.disks().isEmpty()) {
            Amount sum = log.disks().values().stream().reduce(Amount.exactly(0), Amount::plus);
            figures.put(
                    Metrics.BYTES_DISK, new Figure.AtLeast(sum.lower(), Message.of("migrate/proxmox/log.disksSoFar")));
        }
        figures.put(Metrics.ITERATIONS, Figure.absent(Message.of("migrate/proxmox/log.noIterations")));
        figures.put(
                Metrics.DIRTY_RATE,
                log.highestDirtyRate()
                        .map(rate -> measured(rate, Message.of("migrate/proxmox/log.dirtyRate")))
                        .orElseGet(() -> Figure.absent(Message.of("migrate/proxmox/log.noDirtyRate"))));
        figures.put(Metrics.SPEED, speed(log));
        return figures;
    }

    /** The log's own total; begins with the task, a moment after the request. */
    public static Figure migrationTime(TaskLog log) {
        if (log.durationSeconds().isEmpty()) {
            return Figure.absent(Message.of("migrate/proxmox/log.noDuration"));
        }
        return wholeSeconds(log.durationSeconds().getAsLong(), Message.of("migrate/proxmox/log.duration"));
    }

    /** What the reader must know of this log. */
    public static List<Message> notes(TaskLog log) {
        List<Message> notes = new ArrayList<>();
        if (!log.raisedLimitsMillis().isEmpty()) {
            double last = log.raisedLimitsMillis().get(log.raisedLimitsMillis().size() - 1);
            notes.add(Message.of(
                    "migrate/proxmox/log.limitRaised",
                    log.downtimeLimitMillis().isPresent()
                            ? millis(log.downtimeLimitMillis().getAsDouble())
                            : "?",
                    millis(last),
                    log.raisedLimitsMillis().size()));
        }
        if (log.unknownCount() > 0) {
            notes.add(Message.of(
                    "migrate/proxmox/log.unknownLines",
                    log.unknownCount(),
                    log.lines(),
                    log.unknownLines().get(0)));
        }
        for (TaskLog.Remark remark : log.remarks()) {
            if (!remark.error()) {
                notes.add(said(remark));
            }
        }
        return notes;
    }

    /** A remark with the side that it came from. */
    public static Message said(TaskLog.Remark remark) {
        return remark.origin() == TaskLog.Remark.Origin.TARGET
                ? Message.of("migrate/proxmox/log.targetSaid", remark.node(), remark.text())
                : Message.of("migrate/proxmox/log.sourceSaid", remark.text());
    }

    private static Figure downtime(TaskLog log) {
        boolean container = log.guest()
                .filter(guest -> guest.kind() == TaskLog.Guest.Kind.CT)
                .isPresent();
        if (container) {
            OptionalLong outOfService = outOfService(log);
            return outOfService.isPresent()
                    ? wholeSeconds(outOfService.getAsLong(), Message.of("migrate/proxmox/log.containerDowntime"))
                    : Figure.absent(Message.of("migrate/proxmox/log.noContainerDowntime"));
        }
        if (log.downtimeMillis().isPresent()) {
            return Figure.of((double) log.downtimeMillis().getAsLong(), Message.of("migrate/proxmox/log.downtime"));
        }
        Optional<TaskLog.Stage> last = log.lastStage();
        if (last.isPresent() && last.get() == TaskLog.Stage.SWITCH_OVER) {
            return Figure.absent(Message.of("migrate/proxmox/log.tooShortForDowntime"));
        }
        return Figure.absent(Message.of("migrate/proxmox/log.noDowntime"));
    }

    /** Seconds from the shutdown's begin until the container's start had returned. */
    private static OptionalLong outOfService(TaskLog log) {
        OptionalLong from = log.phases().stream()
                .filter(phase -> phase.stage() == TaskLog.Stage.SHUTDOWN)
                .mapToLong(TaskLog.Span::startSecond)
                .findFirst();
        OptionalLong to = log.phases().stream()
                .filter(phase -> phase.stage() == TaskLog.Stage.START)
                .mapToLong(TaskLog.Span::endSecond)
                .findFirst();
        return from.isPresent() && to.isPresent() && to.getAsLong() >= from.getAsLong()
                ? OptionalLong.of(to.getAsLong() - from.getAsLong())
                : OptionalLong.empty();
    }

    private static Figure memory(TaskLog log) {
        if (log.memorySent().isPresent()) {
            return measured(log.memorySent().get(), Message.of("migrate/proxmox/log.memorySent"));
        }
        return log.memoryProgress()
                .<Figure>map(
                        progress -> new Figure.AtLeast(progress.lower(), Message.of("migrate/proxmox/log.memorySoFar")))
                .orElseGet(() -> Figure.absent(Message.of("migrate/proxmox/log.noMemory")));
    }

    /**
     * What was sent by the time that it took. Not the log's own "average migration speed", which divides the guest's whole
     * memory by that time.
     */
    private static Figure speed(TaskLog log) {
        Optional<Amount> sent = log.memorySent();
        if (sent.isEmpty() || log.ramSeconds().isEmpty() || log.ramSeconds().getAsLong() < 2) {
            return Figure.absent(Message.of("migrate/proxmox/log.noSpeed"));
        }
        long seconds = log.ramSeconds().getAsLong();
        return new Figure.Measured(
                sent.get().value() / seconds,
                sent.get().lower() / (seconds + 1),
                sent.get().upper() / (seconds - 1),
                Optional.of(Message.of("migrate/proxmox/log.speed")));
    }

    private static Figure measured(Amount amount, Message source) {
        return new Figure.Measured(amount.value(), amount.lower(), amount.upper(), Optional.of(source));
    }

    /** A difference of two stamps, each of them rounded down to a second. */
    private static Figure wholeSeconds(long seconds, Message source) {
        return new Figure.Measured(
                seconds * MILLIS, Math.max(0, seconds - 1) * MILLIS, (seconds + 1) * MILLIS, Optional.of(source));
    }

    private static String millis(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f ms", value)
                : String.format(Locale.ROOT, "%s ms", value);
    }
}
