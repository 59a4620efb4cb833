package io.jenkins.plugins.livemigration.engine.history;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.livemigration.engine.report.WholeFile;
import io.jenkins.plugins.livemigration.engine.result.ResultJson;
import java.io.IOException;
import java.nio.file.Path;

/** {@code decisions.json} beside the runs: who accepted or muted what, when and why. */
public final class DecisionFile {
    /** The file's name in the folder that holds the runs. */
    public static final String NAME = "decisions.json";

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

    /** Replaces the decisions about the runs in that folder in one step. */
    public static void write(Path directory, Decisions decisions) throws IOException {
        WholeFile.write(
                directory.resolve(NAME), MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(decisions) + "\n");
    }
}
