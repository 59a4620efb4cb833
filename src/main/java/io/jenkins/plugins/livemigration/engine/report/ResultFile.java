package io.jenkins.plugins.livemigration.engine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.ResultJson;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code result.json}: a run and its verdict in full, from which every report can be made again. Its schema is the
 * resource {@code engine/result/result.schema.json}.
 */
public final class ResultFile {
    /** The file's name in a run's folder. */
    public static final String NAME = "result.json";

    private static final JsonMapper MAPPER = ResultJson.builder()
            .addModule(new SimpleModule("category edges")
                    .addSerializer(CategoryEdges.Edge.class, new EdgeJson.Writer())
                    .addDeserializer(CategoryEdges.Edge.class, new EdgeJson.Reader()))
            .build();

    private ResultFile() {}

    /** The file's text, ending with a line feed. Equal results give equal texts. */
    public static String text(JudgedResult judged) {
        try {
            return MAPPER.writeValueAsString(judged) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A result that JSON cannot hold: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes {@link #NAME} into a folder, whole or not at all. */
    public static Path write(JudgedResult judged, Path folder) throws IOException {
        return WholeFile.write(folder.resolve(NAME), text(judged));
    }

    /**
     * Reads a result of this or an older format version.
     *
     * @param maxBytes a longer file is not read
     * @throws UnreadableResultException if the file is no such result; its message says why
     * @throws IOException if the file cannot be read at all
     */
    public static JudgedResult read(Path file, long maxBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            // One byte beyond the limit tells a file that is too long from one that just fits, even if it grows
            // meanwhile.
            byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > maxBytes) {
                throw new UnreadableResultException(file + " is longer than " + maxBytes + " bytes");
            }
            return parse(new String(bytes, StandardCharsets.UTF_8), file.toString());
        }
    }

    /**
     * Reads a result from its text.
     *
     * @param origin named in error messages
     */
    public static JudgedResult parse(String text, String origin) throws UnreadableResultException {
        try {
            JsonNode tree = MAPPER.readTree(text);
            JsonNode version = tree.path("formatVersion");
            if (!version.isInt() || version.intValue() < 1) {
                throw new UnreadableResultException(origin + " is no result of a benchmark: it has no formatVersion");
            }
            if (version.intValue() > JudgedResult.FORMAT_VERSION) {
                throw new UnreadableResultException(origin + " has format version " + version.intValue()
                        + "; this engine reads up to " + JudgedResult.FORMAT_VERSION);
            }
            return MAPPER.treeToValue(tree, JudgedResult.class);
        } catch (JsonProcessingException e) {
            throw new UnreadableResultException(origin + ": " + e.getOriginalMessage(), e);
        }
    }

    /** A file that is not a result, or not one that this engine can read. */
    public static final class UnreadableResultException extends IOException {
        UnreadableResultException(String message) {
            super(message);
        }

        UnreadableResultException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
