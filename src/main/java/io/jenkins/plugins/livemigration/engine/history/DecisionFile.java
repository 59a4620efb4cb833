package io.jenkins.plugins.livemigration.engine.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.livemigration.engine.report.WholeFile;
import io.jenkins.plugins.livemigration.engine.result.ResultJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        Path file = directory.resolve(NAME);
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException(file + " is longer than " + MOST_BYTES + " bytes");
            }
            JsonNode tree = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
            int version = tree.path("formatVersion").asInt(0);
            if (version < 1 || version > Decisions.FORMAT_VERSION) {
                throw new IOException(file + " has format version " + version + "; this engine reads up to "
                        + Decisions.FORMAT_VERSION);
            }
            return MAPPER.treeToValue(tree, Decisions.class);
        } catch (NoSuchFileException none) {
            return Decisions.NONE;
        } catch (JsonProcessingException broken) {
            throw new IOException(file + ": " + broken.getOriginalMessage(), broken);
        }
    }

    /** Replaces the decisions about the runs in that folder in one step. */
    public static void write(Path directory, Decisions decisions) throws IOException {
        WholeFile.write(
                directory.resolve(NAME), MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(decisions) + "\n");
    }
}
