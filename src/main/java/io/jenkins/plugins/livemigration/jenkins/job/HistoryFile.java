package io.jenkins.plugins.livemigration.jenkins.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A file of lines that is only ever added to. A line that cannot be read is passed over. */
final class HistoryFile {
    private static final int BLOCK = 32 << 10;

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

    /**
     * Reads from the end, so that what is newest costs the same however long the file is.
     *
     * @param goOn asked with each entry, newest first; the first that it refuses is the last one read
     * @return oldest first
     */
    <T> List<T> readNewest(Function<String, Optional<T>> parse, Predicate<T> goOn) throws IOException {
        List<T> newestFirst = new ArrayList<>();
        if (exists()) {
            try (SeekableByteChannel channel = Files.newByteChannel(path)) {
                backwards(channel, line -> {
                    Optional<T> entry = parse.apply(line);
                    entry.ifPresent(newestFirst::add);
                    return entry.map(goOn::test).orElse(true);
                });
            }
        }
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private static void backwards(SeekableByteChannel channel, Lines lines) throws IOException {
        byte[] rest = new byte[0];
        long end = channel.size();
        while (end > 0) {
            long start = Math.max(0, end - BLOCK);
            ByteBuffer block = ByteBuffer.allocate((int) (end - start) + rest.length);
            block.limit((int) (end - start));
            channel.position(start);
            while (block.hasRemaining() && channel.read(block) >= 0) {
                // a short read is read on
            }
            System.arraycopy(rest, 0, block.array(), (int) (end - start), rest.length);
            byte[] bytes = block.array();
            int lineEnd = bytes.length;
            for (int i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    if (!lines.take(new String(bytes, i + 1, lineEnd - i - 1, StandardCharsets.UTF_8))) {
                        return;
                    }
                    lineEnd = i;
                }
            }
            rest = Arrays.copyOf(bytes, lineEnd);
            end = start;
        }
        lines.take(new String(rest, StandardCharsets.UTF_8));
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

    /** What lines are given to. */
    @FunctionalInterface
    private interface Lines {
        /** Takes a line; whether it wants more. */
        boolean take(String line);
    }
}
