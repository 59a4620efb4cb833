package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Remembers all that a driver says, with times in milliseconds since the request. */
final class RecordingListener implements MigrationListener {
    final Map<String, Double> starts = Collections.synchronizedMap(new LinkedHashMap<>());
    final Map<String, Double> ends = Collections.synchronizedMap(new LinkedHashMap<>());
    final Map<Mark.Kind, Double> marks = Collections.synchronizedMap(new LinkedHashMap<>());
    final Map<String, Figure> figures = Collections.synchronizedMap(new LinkedHashMap<>());
    final Map<String, String> evidence = Collections.synchronizedMap(new LinkedHashMap<>());
    final List<Message> notes = Collections.synchronizedList(new ArrayList<>());
    int requests;
    private volatile long zero;
    private volatile Consumer<String> onPhaseStart = phase -> {};
    private volatile Consumer<String> onPhaseEnd = phase -> {};
    private volatile Consumer<Mark.Kind> onMark = kind -> {};

    /** Runs something on the driver's thread when a phase begins. */
    RecordingListener whenPhaseStarts(String name, Runnable action) {
        onPhaseStart = phase -> {
            if (phase.equals(name)) {
                action.run();
            }
        };
        return this;
    }

    /** Runs something on the driver's thread when a phase has ended. */
    RecordingListener whenPhaseEnds(String name, Runnable action) {
        onPhaseEnd = phase -> {
            if (phase.equals(name)) {
                action.run();
            }
        };
        return this;
    }

    /** Runs something on the driver's thread when a mark is made. */
    RecordingListener whenMarked(Mark.Kind wanted, Runnable action) {
        onMark = kind -> {
            if (kind == wanted) {
                action.run();
            }
        };
        return this;
    }

    @Override
    public void requested() {
        requests++;
        zero = System.nanoTime();
    }

    @Override
    public void phaseStarted(String phase) {
        starts.put(phase, millis(System.nanoTime()));
        onPhaseStart.accept(phase);
    }

    @Override
    public void phaseEnded(String phase, OptionalLong bytes) {
        ends.put(phase, millis(System.nanoTime()));
        onPhaseEnd.accept(phase);
    }

    @Override
    public void mark(Mark.Kind kind) {
        markAt(kind, System.nanoTime());
    }

    @Override
    public void markAt(Mark.Kind kind, long nanoTime) {
        marks.put(kind, millis(nanoTime));
        onMark.accept(kind);
    }

    @Override
    public void figure(Metric metric, Figure figure) {
        figures.put(metric.id(), figure);
    }

    @Override
    public void evidence(String name, String text) {
        evidence.put(name, text);
    }

    @Override
    public void note(Message message) {
        notes.add(message);
    }

    private double millis(long nanos) {
        return (nanos - zero) / 1e6;
    }

    /** From the moment at which the source fell silent to the opening of the destination. */
    double windowMillis() {
        return marks.get(Mark.Kind.DESTINATION_OPENED) - marks.get(Mark.Kind.SOURCE_STOPPED);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        starts.forEach((phase, start) -> text.append(String.format(
                Locale.ROOT, "  %-16s %8.1f .. %8.1f%n", phase, start, ends.getOrDefault(phase, Double.NaN))));
        marks.forEach((kind, at) -> text.append(String.format(Locale.ROOT, "  %-20s %8.1f%n", kind, at)));
        figures.forEach((metric, figure) -> text.append(String.format(
                Locale.ROOT,
                "  %-20s %s%n",
                metric,
                figure.amount().map(String::valueOf).orElse("absent"))));
        notes.forEach(note -> text.append("  note ").append(note).append('\n'));
        return text.toString();
    }
}
