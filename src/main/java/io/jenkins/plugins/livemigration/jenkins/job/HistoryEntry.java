package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One benchmark of one build, as the history's list of runs has it: one line of JSON. */
public final class HistoryEntry {
    /** The status of a run that left no result. */
    public static final String WITHOUT_RESULT = "NO_RESULT";

    private static final int FORMAT_VERSION = 1;

    private final int build;
    private final String name;
    private final Instant at;
    private final String status;
    private final List<String> changes;
    private final String folder;
    private final String was;

    /**
     * An entry.
     *
     * @param at when the run began
     * @param status the verdict's name
     * @param changes what was different in the environment from the run before, a sentence each
     * @param folder where its result is, below the build's folder; empty if there is none, or an older version wrote this
     */
    HistoryEntry(int build, String name, Instant at, String status, List<String> changes, String folder) {
        this(build, name, at, status, changes, folder, status);
    }

    private HistoryEntry(
            int build, String name, Instant at, String status, List<String> changes, String folder, String was) {
        this.build = build;
        this.name = name;
        this.at = at;
        this.status = status;
        this.changes = List.copyOf(changes);
        this.folder = folder;
        this.was = was;
    }

    /** The same with the verdict that it has now. */
    HistoryEntry judgedAnew(String now) {
        return new HistoryEntry(build, name, at, now, changes, folder, was);
    }

    /** Reads a line; empty if it is of another kind. */
    static Optional<HistoryEntry> of(JsonNode line) {
        boolean right = line.path("v").asInt() == FORMAT_VERSION
                && line.path("build").isInt()
                && line.path("name").isTextual()
                && line.path("at").isIntegralNumber()
                && line.path("status").isTextual();
        if (!right) {
            return Optional.empty();
        }
        List<String> changes = new ArrayList<>();
        line.path("changes").forEach(change -> changes.add(change.asText()));
        return Optional.of(new HistoryEntry(
                line.path("build").intValue(),
                line.path("name").textValue(),
                Instant.ofEpochMilli(line.path("at").longValue()),
                line.path("status").textValue(),
                changes,
                line.path("folder").asText("").matches("[0-9]{1,9}")
                        ? line.path("folder").asText()
                        : ""));
    }

    /** The line. */
    String text() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("v", FORMAT_VERSION)
                .put("build", build)
                .put("name", name)
                .put("at", at.toEpochMilli())
                .put("status", status);
        if (!changes.isEmpty()) {
            ArrayNode list = line.putArray("changes");
            changes.forEach(list::add);
        }
        if (!folder.isEmpty()) {
            line.put("folder", folder);
        }
        return line.toString();
    }

    /** The build's number. */
    public int build() {
        return build;
    }

    /** The benchmark's name. */
    public String name() {
        return name;
    }

    /** When the run began. */
    public Instant at() {
        return at;
    }

    /** The verdict's name; {@link #WITHOUT_RESULT} if the run left none. */
    public String status() {
        return status;
    }

    /** The verdict's name when the run ended: another one if somebody accepted a level or muted a metric since. */
    public String was() {
        return was;
    }

    /** Where its result is, below the build's folder; empty if it is not known. */
    public String folder() {
        return folder;
    }

    /** What was different in the environment from the run before. */
    public List<String> changes() {
        return changes;
    }
}
