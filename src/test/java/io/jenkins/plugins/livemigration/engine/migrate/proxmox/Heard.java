package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Keeps what a driver tells. */
final class Heard implements MigrationListener {
    final List<String> phases = Collections.synchronizedList(new ArrayList<>());
    final List<Mark.Kind> marks = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Figure> figures = Collections.synchronizedMap(new LinkedHashMap<>());
    final Map<String, String> evidence = Collections.synchronizedMap(new LinkedHashMap<>());
    final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    int requests;
    Consumer<String> onPhase = phase -> {};

    @Override
    public void requested() {
        requests++;
    }

    @Override
    public void phaseStarted(String phase) {
        phases.add(phase);
        onPhase.accept(phase);
    }

    @Override
    public void phaseEnded(String phase, OptionalLong bytes) {
        phases.add("/" + phase);
    }

    @Override
    public void mark(Mark.Kind kind) {
        marks.add(kind);
    }

    @Override
    public void markAt(Mark.Kind kind, long nanoTime) {
        marks.add(kind);
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
        notes.add(message.toString());
    }
}
