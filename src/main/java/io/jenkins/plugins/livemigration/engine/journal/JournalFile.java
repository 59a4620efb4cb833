package io.jenkins.plugins.livemigration.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A journal as it was found on disk, of a run that is over, dead or still going.
 *
 * @param entries all whole entries of known types, in order
 * @param torn the last line was cut off, as after a crash
 * @param unknown how many entries are of a type that this engine does not know
 */
public record JournalFile(List<JournalEntry> entries, boolean torn, int unknown) {
    public JournalFile {
        entries = List.copyOf(entries);
    }

    /**
     * Reads the journal of a run.
     *
     * @param folder the run's folder
     * @throws IOException if there is none, or if a line before the last is damaged (the message names the line)
     */
    public static JournalFile read(Path folder) throws IOException {
        Path file = folder.resolve(Journal.FILE);
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    /** Reads what there is now; the journal may grow meanwhile. */
    static JournalFile read(InputStream in, String name) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        int unknown = 0;
        int number = 0;
        Optional<String> damaged = Optional.empty();
        // At once: of a journal that grows meanwhile, a reader would take the rest of a torn line for a line.
        byte[] soFar = in.readAllBytes();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new ByteArrayInputStream(soFar),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (damaged.isPresent()) {
                    throw new IOException(name + " line " + (number - 1) + ": " + damaged.get());
                }
                try {
                    Optional<JournalEntry> entry = JournalCodec.read(line);
                    entry.ifPresent(entries::add);
                    if (entry.isEmpty()) {
                        unknown++;
                    }
                } catch (JsonProcessingException torn) {
                    damaged = Optional.of(torn.getOriginalMessage());
                }
            }
        }
        return new JournalFile(entries, damaged.isPresent(), unknown);
    }

    /** The first event of a type. */
    public <T extends JournalEvent> Optional<T> first(Class<T> type) {
        return entries.stream()
                .map(JournalEntry::event)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
