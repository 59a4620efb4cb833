package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The lines that a step's script prints while it runs: {@code lmb WORD [REST]}. Remembers the moment at which the first of
 * each kind arrived.
 */
final class StepLines implements Consumer<String> {
    private static final String PREFIX = "lmb ";

    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final BiConsumer<String, Long> onFirst;

    /**
     * Calls {@code onFirst} with word and {@link System#nanoTime()} when a word arrives for the first time, on the thread
     * that reads the lines.
     */
    StepLines(BiConsumer<String, Long> onFirst) {
        this.onFirst = onFirst;
    }

    @Override
    public void accept(String line) {
        long now = System.nanoTime();
        if (!line.startsWith(PREFIX)) {
            return;
        }
        String[] parts = line.substring(PREFIX.length()).split(" ", 2);
        texts.merge(parts[0], parts.length > 1 ? parts[1] : "", (before, added) -> before + "\n" + added);
        if (arrivals.putIfAbsent(parts[0], now) == null) {
            onFirst.accept(parts[0], now);
        }
    }

    /** When the word first arrived. */
    Optional<Long> arrival(String word) {
        return Optional.ofNullable(arrivals.get(word));
    }

    /** What followed the word, one line for each time that it came; empty if it never did. */
    String text(String word) {
        return texts.getOrDefault(word, "");
    }

    /** What the script complained of, or the command's own complaint if it did not get that far. */
    String complaint(CommandResult result) {
        String complaints = text("complaint");
        return complaints.isEmpty() ? result.complaint() : complaints.replace("\n", "; ");
    }
}
