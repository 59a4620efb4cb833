package io.jenkins.plugins.livemigration.engine.history;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.livemigration.engine.report.WholeFile;
import io.jenkins.plugins.livemigration.engine.result.ResultJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;

/** {@code decisions.json} beside the runs: who accepted or muted what, when and why. */
public final class DecisionFile {
    /** The file's name in the folder that holds the runs. */
    public static final String NAME = "decisions.json";

    /** Held by whoever changes the decisions; never deleted, or two could hold it. */
    private static final String LOCK = "decisions.lock";

    private static final Object ONE_AT_A_TIME = new Object();
    private static final long MOST_BYTES = 1 << 20;
    private static final JsonMapper MAPPER = ResultJson.builder().build();

    private DecisionFile() {}

    /**
     * The decisions about the runs in that folder; none if there is no such file.
     *
     * @throws IOException if the file is there and cannot be read; the message names it and says why
     */
    public static Decisions read(Path directory) throws IOException {
        return VersionedFile.read(directory.resolve(NAME), MOST_BYTES, Decisions.FORMAT_VERSION, Decisions.class)
                .orElse(Decisions.NONE);
    }

    /**
     * Changes the decisions about the runs in that folder, one after the other: whoever else does so meanwhile, in this
     * process or another, waits. Makes the folder if there is none.
     *
     * @throws IOException if the file cannot be read, locked or written; nothing is changed then
     */
    public static void change(Path directory, UnaryOperator<Decisions> change) throws IOException {
        Files.createDirectories(directory);
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel channel = FileChannel.open(
                            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (held.isValid()) {
                    write(directory, change.apply(read(directory)));
                }
            }
        }
    }

    /** Replaces the decisions about the runs in that folder in one step. For whoever alone writes there. */
    public static void write(Path directory, Decisions decisions) throws IOException {
        WholeFile.write(
                directory.resolve(NAME), MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(decisions) + "\n");
    }
}
