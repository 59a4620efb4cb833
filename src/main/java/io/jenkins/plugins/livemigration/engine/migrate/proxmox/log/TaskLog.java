package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one migration's task log says, and nothing else. What it does not say is absent.
 *
 * @param guest whom it is about
 * @param target node to which the guest was to move
 * @param startedByHa whether the first line names the HA resource agent as the starter
 * @param begin stamp of the first stamped line, the node's local time; absent also where stamps name no year
 * @param phases in the order of their start; one whose end was not printed is left out
 * @param lastStage the phase that had begun last: where it failed, if it failed
 * @param durationSeconds the log's own total, whole seconds
 * @param downtimeMillis QEMU's own figure: from the stop of the source's processors until its stream was sent
 * @param printedSpeed of 6.4 and newer the guest's memory (not what was sent) divided by whole seconds; of older versions the
 *     same in MB/s, over a time that includes local disks
 * @param memorySent what was really sent; printed by 8.3.9 of qemu-server and newer
 * @param memoryProgress the last progress line's transferred bytes, up to a second (before 6.4: two) old
 * @param memoryTotal the guest's memory, as the last progress line has it
 * @param ramSeconds whole seconds from the start of the memory's copying to its completion
 * @param disks bytes mirrored, by drive, as each drive's last progress line has them
 * @param highestDirtyRate the highest that a progress line named; lines name it only when the guest changes memory faster
 *     than it is sent
 * @param downtimeLimitMillis the limit at the start
 * @param raisedLimitsMillis the limits to which it was raised, in order
 * @param remarks warnings and errors with who said them
 * @param end how the log ends
 * @param lines how many lines that are not empty
 * @param unknownCount how many of them are of no known wording
 * @param unknownLines these, the first {@value TaskLogParser#MOST_UNKNOWN_KEPT}
 */
public record TaskLog(
        Optional<Guest> guest,
        Optional<String> target,
        boolean startedByHa,
        Optional<LocalDateTime> begin,
        List<Span> phases,
        Optional<Stage> lastStage,
        OptionalLong durationSeconds,
        OptionalLong downtimeMillis,
        Optional<Amount> printedSpeed,
        Optional<Amount> memorySent,
        Optional<Amount> memoryProgress,
        Optional<Amount> memoryTotal,
        OptionalLong ramSeconds,
        Map<String, Amount> disks,
        Optional<Amount> highestDirtyRate,
        OptionalDouble downtimeLimitMillis,
        List<Double> raisedLimitsMillis,
        List<Remark> remarks,
        End end,
        int lines,
        int unknownCount,
        List<String> unknownLines) {
    public TaskLog {
        phases = List.copyOf(phases);
        disks = Map.copyOf(disks);
        raisedLimitsMillis = List.copyOf(raisedLimitsMillis);
        remarks = List.copyOf(remarks);
        unknownLines = List.copyOf(unknownLines);
    }

    /** A guest. */
    public record Guest(Kind kind, String id) {
        /** What it is. */
        public enum Kind {
            /** A virtual machine. */
            VM,
            /** A container. */
            CT
        }
    }

    /** The stages of a migration. */
    public enum Stage {
        /** A container is shut down before it is copied. */
        SHUTDOWN("shutdown"),
        PREPARE("prepare"),
        /** Local disks are mirrored. */
        LOCAL_DISKS("local-disks"),
        /** The guest's memory is sent. */
        RAM("ram"),
        /** From the end of the memory's copying: the configuration moves, the target's QEMU resumes. */
        SWITCH_OVER("switch-over"),
        CLEAN_UP("clean-up"),
        /** A container is started on the target. */
        START("start");

        private final String phase;

        Stage(String phase) {
            this.phase = phase;
        }

        /** Its name among phases. */
        public String phase() {
            return phase;
        }
    }

    /**
     * A phase; whole seconds since the first stamped line, by the node's clock.
     *
     * @param endSecond not before the start
     */
    public record Span(Stage stage, long startSecond, long endSecond) {}

    /** A warning or an error. */
    public record Remark(boolean error, Origin origin, String node, String text) {
        /** Who said it. */
        public enum Origin {
            /** The node that the guest left, where the task runs. */
            SOURCE,
            /** The node to which it was to move; {@link Remark#node} names it. */
            TARGET
        }
    }

    /**
     * How the log ends.
     *
     * @param epilogue the last line of a task's file
     * @param verdict what the migration said of itself; decides only where there is no epilogue
     */
    public record End(Epilogue epilogue, Verdict verdict) {

        /** What the migration says of itself, before the task ends. */
        public enum Verdict {
            SUCCESSFUL,
            /** It failed after the memory's copying had begun: the guest may be on either node. */
            PROBLEMS,
            /** It failed before: the guest stayed. */
            ABORTED,
            UNSAID
        }
    }

    /** The line that a task's file ends with. A command's output has none. */
    public sealed interface Epilogue {
        /** {@code TASK OK}. */
        record Ok() implements Epilogue {}

        /** {@code TASK WARNINGS: n}: it worked. */
        record Warnings(long count) implements Epilogue {}

        /** {@code TASK ERROR: text}. */
        record Failed(String text) implements Epilogue {}

        /** There is none: the log was cut, or is a command's output. */
        record Missing() implements Epilogue {}
    }

    /** The first error that says why, if there is one: the reason of a failed live migration rather than its consequences. */
    public Optional<Remark> cause() {
        Optional<Remark> reason = remarks.stream()
                .filter(Remark::error)
                .filter(remark -> !remark.text().startsWith("migration finished with problems"))
                .filter(remark -> !remark.text().startsWith("command '/usr/bin/ssh"))
                .findFirst();
        return reason.isPresent()
                ? reason
                : remarks.stream().filter(Remark::error).findFirst();
    }
}
