package io.jenkins.plugins.livemigration.engine.verdict.regression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.livemigration.engine.result.ResultJson;
import java.io.IOException;

/** A baseline in JSON, as it travels to the engine beside its plan. Bounded in both directions. */
public final class BaselineFile {
    /** No baseline is written or read that is longer, in characters. */
    public static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    private static final JsonMapper MAPPER = ResultJson.builder().build();

    private BaselineFile() {}

    /**
     * The baseline's JSON.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MOST_CHARACTERS}; {@link BaselineBuilder} makes none
     *     that is
     */
    public static String text(Baseline baseline) {
        try {
            String text = MAPPER.writeValueAsString(baseline);
            if (text.length() > MOST_CHARACTERS) {
                throw new IllegalArgumentException("a baseline of " + text.length() + " characters");
            }
            return text;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a baseline that JSON cannot hold", e);
        }
    }

    /**
     * Reads a baseline of this or an older format version.
     *
     * @throws IOException if the text is none; its message says why
     */
    public static Baseline parse(String text) throws IOException {
        if (text.length() > MOST_CHARACTERS) {
            throw new IOException("a baseline of " + text.length() + " characters is too long");
        }
        JsonNode tree = MAPPER.readTree(text);
        int version = tree.path("formatVersion").asInt(0);
        if (version < 1 || version > Baseline.FORMAT_VERSION) {
            throw new IOException(
                    "no baseline of a format up to " + Baseline.FORMAT_VERSION + ", but of version " + version);
        }
        return MAPPER.treeToValue(tree, Baseline.class);
    }
}
