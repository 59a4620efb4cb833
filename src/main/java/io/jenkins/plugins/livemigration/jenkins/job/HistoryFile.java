package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The history's file: a line per benchmark, only ever added to. A line that cannot be read is passed over. */
final class HistoryFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;

    HistoryFile(Path path) {
        this.path = path;
    }

    void append(HistoryEntry entry) throws IOException {
        Path folder = path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // After a crash the last line may be torn: what follows begins on a new one.
        String start = endsWithLine() ? "" : "\n";
        Files.writeString(
                path,
                start + entry.text() + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    List<HistoryEntry> read() throws IOException {
        List<HistoryEntry> entries = new ArrayList<>();
        if (!Files.exists(path)) {
            return entries;
        }
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                parse(line).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private static Optional<HistoryEntry> parse(String line) {
        try {
            return HistoryEntry.of(JSON.readTree(line));
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    private boolean endsWithLine() throws IOException {
        if (!Files.exists(path) || Files.size(path) == 0) {
            return true;
        }
        try (var channel = Files.newByteChannel(path)) {
            var last = ByteBuffer.allocate(1);
            channel.position(channel.size() - 1);
            channel.read(last);
            return last.get(0) == '\n';
        }
    }
}
