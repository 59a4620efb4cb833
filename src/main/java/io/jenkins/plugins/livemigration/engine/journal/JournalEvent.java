package io.jenkins.plugins.livemigration.engine.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.livemigration.engine.result.ClockReading;
import io.jenkins.plugins.livemigration.engine.result.Direction;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Outcome;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.StateCheck;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a journal can say. The type's name in the file is the record's name in kebab case ({@code sample-started}). Times
 * inside an event are run nanoseconds; where an event has none, the entry's own time is meant. {@code order} is the
 * sample's position in the order of execution, from 1.
 */
public sealed interface JournalEvent {

    /** An event of one sample. */
    sealed interface OfSample extends JournalEvent {
        /** The sample's position in the order of execution. */
        int order();
    }

    /** The first entry. The plan is without secrets. */
    record RunStarted(int formatVersion, String runId, String name, String engineVersion, JsonNode plan)
            implements JournalEvent {}

    /** What preflight found, all at once. */
    record Preflight(List<Finding> findings) implements JournalEvent {}

    /** Facts about the hosts. */
    record EnvironmentRead(Map<String, Map<String, String>> hosts) implements JournalEvent {}

    /** Estimated clock offsets. */
    record ClocksRead(List<ClockReading> clocks) implements JournalEvent {}

    /** The lease was taken. */
    record LeaseAcquired(String workload, String owner) implements JournalEvent {}

    /** The lease was given back. */
    record LeaseReleased(String workload) implements JournalEvent {}

    /** Where the workload was found, and so where it belongs. */
    record HomeFound(String scenario, String host) implements JournalEvent {}

    /** Every move that is planned, in order of execution. */
    record Scheduled(List<Move> moves) implements JournalEvent {
        public Scheduled {
            moves = List.copyOf(moves);
        }
    }

    /** One planned move. */
    record Move(int order, String scenario, Direction direction, int number, boolean warmup, String from, String to) {}

    /** A sample begins: its workload is in place, its probes are about to start. */
    record SampleStarted(Move move) implements JournalEvent {}

    /** A probe of the sample runs; its records go to {@code file}. */
    record ProbeStarted(int order, String probe, String file) implements OfSample {}

    /** The window is open: probes run, the baseline is being taken. */
    record WindowOpened(int order) implements OfSample {}

    /** The migration's request is about to be sent. Time zero of the sample. */
    record Requested(int order) implements OfSample {}

    /** A phase of the migration begins. */
    record PhaseStarted(int order, String phase) implements OfSample {}

    /** A phase ends, with the payload that it moved, where known. */
    record PhaseEnded(int order, String phase, OptionalLong bytes) implements OfSample {}

    /** A moment, with its own time: it may be known only later. */
    record Marked(int order, Mark.Kind kind, long atNanos) implements OfSample {}

    /** A figure that the platform reports. */
    record Reported(int order, String metric, Figure figure) implements OfSample {}

    /** Raw material, verbatim. */
    record EvidenceKept(int order, String name, String text) implements OfSample {}

    /** The driver came back. */
    record MigrationEnded(int order, Outcome outcome) implements OfSample {}

    /** The window is closed: what was not answered by now stays open. */
    record WindowClosed(int order) implements OfSample {}

    /** A probe's file is complete. */
    record ProbeEnded(int order, SideFile file) implements OfSample {}

    /** A packet capture of the sample is complete; its file is a side file too. */
    record CaptureKept(int order, String on, String device, SideFile file) implements OfSample {}

    /** The workload's own state before and after. */
    record StateChecked(int order, StateCheck check) implements OfSample {}

    /**
     * The sample's outcome and figures, for those who follow the run live. Derived: a result is built from the other
     * entries.
     */
    record SampleSummed(int order, Outcome outcome, Map<String, Figure> figures) implements OfSample {}

    /** The last entry of a sample. */
    record SampleEnded(int order) implements OfSample {}

    /**
     * Something seems worse than the baseline: these scenarios run once more. What follows until {@link ConfirmationEnded}
     * is a second round.
     *
     * @param afresh whether workload, lab or hosts are started anew before
     * @param first how the first round ended
     */
    record ConfirmationStarted(boolean afresh, List<String> scenarios, RunEnd first) implements JournalEvent {
        public ConfirmationStarted {
            scenarios = List.copyOf(scenarios);
        }
    }

    /** The second round is over. */
    record ConfirmationEnded(RunEnd end) implements JournalEvent {}

    /** Something was brought back to life, or cleaned. */
    record Recovered(boolean alive, String whereabouts, List<Message> actions) implements JournalEvent {
        public Recovered {
            actions = List.copyOf(actions);
        }
    }

    /** An unmeasured move: home, or back in a one-way run. */
    record MovedUnmeasured(String from, String to, Outcome outcome) implements JournalEvent {}

    /** Something the reader must know. */
    record Noted(Message message) implements JournalEvent {}

    /** The last entry of a run that ended in order. */
    record RunEnded(RunEnd end) implements JournalEvent {}
}
