package io.jenkins.plugins.livemigration.engine.migrate.proxmox.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A task log that grows. Used by one thread at a time. */
public final class LiveTaskLog {
    private final TaskLogBuilder log = new TaskLogBuilder();
    private final List<String> lines = new ArrayList<>();

    /** The next line, whole. */
    public void take(String line) {
        lines.add(line);
        TaskLogParser.take(line, true, log);
    }

    /** The stage that began last. */
    public Optional<TaskLog.Stage> stage() {
        return log.lastStage();
    }

    /** How many lines there are so far. */
    public int size() {
        return lines.size();
    }

    /** What the log says so far. */
    public TaskLog soFar() {
        return log.build();
    }

    /** The lines so far, as they came. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }
}
