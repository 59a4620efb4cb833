package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog.End;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog.Epilogue;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog.Guest;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog.Remark;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog.Span;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.log.TaskLog.Stage;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects what the lines of one log say. */
final class TaskLogBuilder {
    private static final Pattern WARNING = Pattern.compile("^WARN|\\bwarning: ");
    private static final Duration HALF_A_YEAR = Duration.ofDays(183);

    private final Map<Event, Long> times = new EnumMap<>(Event.class);
    private final Set<Event> seen = EnumSet.noneOf(Event.class);
    private final List<Event> untimed = new ArrayList<>();
    private final Map<String, Amount> disks = new LinkedHashMap<>();
    private final List<Double> raisedLimits = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();
    private final List<String> unknownLines = new ArrayList<>();
    private Optional<Guest> guest = Optional.empty();
    private Optional<String> target = Optional.empty();
    private boolean startedByHa;
    private Optional<LocalDateTime> firstStamp = Optional.empty();
    private boolean yearKnown = true;
    private OptionalLong now = OptionalLong.empty();
    private OptionalLong duration = OptionalLong.empty();
    private OptionalLong downtime = OptionalLong.empty();
    private Optional<Amount> printedSpeed = Optional.empty();
    private Optional<Amount> memorySent = Optional.empty();
    private Optional<Amount> memoryProgress = Optional.empty();
    private Optional<Amount> memoryTotal = Optional.empty();
    private Optional<Amount> highestDirtyRate = Optional.empty();
    private OptionalDouble downtimeLimit = OptionalDouble.empty();
    private End.Verdict verdict = End.Verdict.UNSAID;
    private Epilogue epilogue = new Epilogue.Missing();
    private int lines;
    private int unknown;
    private LogLine current = LogLine.of("", true);

    /** Lines that begin or end something. */
    enum Event {
        SHUTDOWN,
        BEGIN,
        DISKS,
        DISKS_READY,
        RAM,
        RAM_COMMAND,
        RAM_DONE,
        CLEAN_UP,
        FINAL_CLEAN_UP,
        START,
        FINISHED
    }

    void take(LogLine line, String original) {
        lines++;
        line.stamp().ifPresent(stamp -> stamped(stamp, line.yearKnown()));
        // What a line that never has a stamp ended lies between the stamps around it; the later one is used.
        if (line.stamp().isPresent()) {
            untimed.forEach(event -> times.put(event, now.orElseThrow()));
            untimed.clear();
        }
        current = line;
        if (line.side().origin() == Remark.Origin.TARGET) {
            remark(!WARNING.matcher(line.text()).find(), line);
        } else if (!Wordings.tell(line, this)) {
            unknown++;
            if (unknownLines.size() < TaskLogParser.MOST_UNKNOWN_KEPT) {
                unknownLines.add(original);
            }
        }
    }

    private void stamped(LocalDateTime stamp, boolean withYear) {
        if (firstStamp.isEmpty()) {
            firstStamp = Optional.of(stamp);
            yearKnown = withYear;
        }
        Duration since = Duration.between(firstStamp.get(), stamp);
        if (!withYear && since.negated().compareTo(HALF_A_YEAR) > 0) {
            since = Duration.between(firstStamp.get(), stamp.plusYears(1));
        }
        now = OptionalLong.of(since.toSeconds());
    }

    /** It happened with the line that is being read; the first time counts. */
    void event(Event event) {
        if (seen.add(event)) {
            if (current.stamp().isPresent()) {
                times.put(event, now.orElseThrow());
            } else if (event == Event.DISKS_READY) {
                untimed.add(event);
            }
        }
    }

    void startedByHa() {
        startedByHa = true;
    }

    void guest(Guest whom, String node) {
        guest = Optional.of(whom);
        target = Optional.of(node);
    }

    void downtimeLimit(double millis) {
        if (downtimeLimit.isEmpty()) {
            downtimeLimit = OptionalDouble.of(millis);
        } else {
            // up to 6.1 a raised limit was printed like the first
            raisedLimit(millis);
        }
    }

    void raisedLimit(double millis) {
        raisedLimits.add(millis);
    }

    void disk(String drive, Amount transferred) {
        disks.put(drive.substring(drive.indexOf('-') + 1), transferred);
    }

    void memory(Amount transferred, Amount total) {
        memoryProgress = Optional.of(transferred);
        memoryTotal = Optional.of(total);
    }

    void memorySent(Amount sent) {
        memorySent = Optional.of(sent);
    }

    void dirtyRate(Amount rate) {
        if (highestDirtyRate.isEmpty() || highestDirtyRate.get().value() < rate.value()) {
            highestDirtyRate = Optional.of(rate);
        }
    }

    void printedSpeed(Amount speed) {
        printedSpeed = Optional.of(speed);
    }

    void downtime(long millis) {
        downtime = OptionalLong.of(millis);
    }

    void finished(End.Verdict how, long seconds) {
        verdict = how;
        duration = OptionalLong.of(seconds);
        event(Event.FINISHED);
    }

    void epilogue(Epilogue last) {
        epilogue = last;
    }

    void remark(boolean error, LogLine line) {
        remarks.add(new Remark(
                error,
                line.side().origin(),
                line.side().node(),
                line.text().startsWith("ERROR: ") ? line.text().substring("ERROR: ".length()) : line.text()));
    }

    TaskLog build() {
        return new TaskLog(
                guest,
                target,
                startedByHa,
                yearKnown ? firstStamp : Optional.empty(),
                phases(),
                lastStage(),
                duration,
                downtime,
                printedSpeed,
                memorySent,
                memoryProgress,
                memoryTotal,
                span(first(Event.RAM_COMMAND, Event.RAM), first(Event.RAM_DONE)),
                disks,
                highestDirtyRate,
                downtimeLimit,
                raisedLimits,
                remarks,
                new End(epilogue, verdict),
                lines,
                unknown,
                unknownLines);
    }

    private List<Span> phases() {
        List<Span> phases = new ArrayList<>();
        boolean container = guest.filter(it -> it.kind() == Guest.Kind.CT).isPresent();
        if (container) {
            add(phases, Stage.SHUTDOWN, first(Event.SHUTDOWN), first(Event.BEGIN));
            add(phases, Stage.LOCAL_DISKS, first(Event.BEGIN), first(Event.FINAL_CLEAN_UP));
            add(phases, Stage.CLEAN_UP, first(Event.FINAL_CLEAN_UP), first(Event.START, Event.FINISHED));
            add(phases, Stage.START, first(Event.START), first(Event.FINISHED));
        } else {
            add(phases, Stage.PREPARE, first(Event.BEGIN), first(Event.DISKS, Event.RAM, Event.FINISHED));
            add(phases, Stage.LOCAL_DISKS, first(Event.DISKS), first(Event.DISKS_READY, Event.RAM));
            add(phases, Stage.RAM, first(Event.RAM), first(Event.RAM_DONE, Event.CLEAN_UP, Event.FINISHED));
            add(phases, Stage.SWITCH_OVER, first(Event.RAM_DONE), first(Event.CLEAN_UP, Event.FINISHED));
            add(phases, Stage.CLEAN_UP, first(Event.CLEAN_UP), first(Event.FINISHED));
        }
        return phases;
    }

    Optional<Stage> lastStage() {
        if (seen.contains(Event.START)) {
            return Optional.of(Stage.START);
        }
        if (seen.contains(Event.RAM_DONE)) {
            return Optional.of(Stage.SWITCH_OVER);
        }
        if (seen.contains(Event.RAM)) {
            return Optional.of(Stage.RAM);
        }
        if (seen.contains(Event.DISKS)) {
            return Optional.of(Stage.LOCAL_DISKS);
        }
        if (seen.contains(Event.BEGIN)) {
            boolean container = guest.filter(it -> it.kind() == Guest.Kind.CT).isPresent();
            return Optional.of(container ? Stage.LOCAL_DISKS : Stage.PREPARE);
        }
        return seen.contains(Event.SHUTDOWN) ? Optional.of(Stage.SHUTDOWN) : Optional.empty();
    }

    /** When the first of these that happened did; an event that has no time hides the later ones. */
    private OptionalLong first(Event... events) {
        for (Event event : events) {
            if (seen.contains(event)) {
                Long time = times.get(event);
                return time == null ? OptionalLong.empty() : OptionalLong.of(time);
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong span(OptionalLong from, OptionalLong to) {
        return from.isPresent() && to.isPresent() && to.getAsLong() >= from.getAsLong()
                ? OptionalLong.of(to.getAsLong() - from.getAsLong())
                : OptionalLong.empty();
    }

    private static void add(List<Span> phases, Stage stage, OptionalLong from, OptionalLong to) {
        if (span(from, to).isPresent()) {
            phases.add(new Span(stage, from.getAsLong(), to.getAsLong()));
        }
    }
}
