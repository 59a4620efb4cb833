package io.jenkins.plugins.livemigration.engine.migrate.podman;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one host says about the workload.
 *
 * @param copies by container name, in the plan's order
 * @param record of a migration that is unfinished or was never cleaned up, if there is one
 * @param stages that the migration reached on this host
 * @param archives containers whose archive lies here whole
 * @param address whether the floating address is here; false if there is none
 */
record SideReport(
        Map<String, Copy> copies,
        Optional<MigrationRecord> record,
        Set<Stage> stages,
        Set<String> archives,
        boolean address) {
    private static final String MALFORMED = "unexpected answer: ";

    SideReport {
        copies = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(copies));
        stages = stages.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(EnumSet.copyOf(stages));
        archives = Set.copyOf(archives);
    }

    /** Whether the migration reached this stage here. */
    boolean reached(Stage stage) {
        return stages.contains(stage);
    }

    /** Whether every copy is in this state. */
    boolean all(Copy.State state) {
        return copies.values().stream().allMatch(copy -> copy.state() == state);
    }

    /** Whether some copy is in this state. */
    boolean any(Copy.State state) {
        return copies.values().stream().anyMatch(copy -> copy.state() == state);
    }

    /**
     * Reads what {@link SideInspection#body} prints.
     *
     * @throws IllegalArgumentException if the text is not a whole report; nothing is ever concluded from half of one
     */
    static SideReport parse(String text) {
        Map<String, Copy> copies = new LinkedHashMap<>();
        List<String> record = new ArrayList<>();
        Set<Stage> stages = new LinkedHashSet<>();
        Set<String> archives = new LinkedHashSet<>();
        boolean address = false;
        boolean complete = false;
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "container" -> {
                    Copy copy = copy(words, line);
                    copies.put(copy.name(), copy);
                }
                case "record" -> record.add(line.substring("record ".length()));
                case "stage" -> Stage.ofWord(words[1]).ifPresent(stages::add);
                case "archive" -> archives.add(words[1]);
                case "address" -> address = true;
                case "end" -> complete = true;
                default -> {
                    if (!line.isBlank()) {
                        throw new IllegalArgumentException(MALFORMED + line);
                    }
                }
            }
        }
        if (!complete) {
            throw new IllegalArgumentException(MALFORMED + text.strip());
        }
        return new SideReport(copies, MigrationRecord.parse(record), stages, archives, address);
    }

    private static Copy copy(String[] words, String line) {
        if (words.length != 6) {
            throw new IllegalArgumentException(MALFORMED + line);
        }
        boolean resumable = words[5].equals("yes");
        Copy.State state = switch (words[3]) {
            case "absent" -> Copy.State.ABSENT;
            case "running", "paused", "stopping" -> Copy.State.RUNNING;
            case "created", "configured", "initialized", "exited", "stopped", "removing" ->
                resumable ? Copy.State.RESUMABLE : Copy.State.STOPPED;
            default -> throw new IllegalArgumentException(MALFORMED + line);
        };
        return new Copy(words[1], words[2].equals("-") ? "" : words[2], state, Long.parseLong(words[4]));
    }
}
