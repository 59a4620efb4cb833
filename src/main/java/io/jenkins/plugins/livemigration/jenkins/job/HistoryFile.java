package io.jenkins.plugins.livemigration.jenkins.job;

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
import java.util.function.Function;

/** A file of lines that is only ever added to. A line that cannot be read is passed over. */
final class HistoryFile {
    private final Path path;

    HistoryFile(Path path) {
        this.path = path;
    }

    boolean exists() {
        return Files.exists(path);
    }

    void append(List<String> lines) throws IOException {
        Path folder = path.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // After a crash the last line may be torn: what follows begins on a new one.
        String start = endsWithLine() ? "" : "\n";
        Files.writeString(
                path,
                start + String.join("\n", lines) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    <T> List<T> read(Function<String, Optional<T>> parse) throws IOException {
        List<T> entries = new ArrayList<>();
        if (!exists()) {
            return entries;
        }
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                parse.apply(line).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private boolean endsWithLine() throws IOException {
        if (!exists() || Files.size(path) == 0) {
            return true;
        }
        try (var channel = Files.newByteChannel(path)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.position(channel.size() - 1);
            channel.read(last);
            return last.get(0) == '\n';
        }
    }
}
