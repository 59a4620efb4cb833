package io.jenkins.plugins.livemigration.engine.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.livemigration.engine.result.ResultJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads JSON files that say in {@code formatVersion} how they are to be understood. */
final class VersionedFile {
    private static final JsonMapper MAPPER = ResultJson.builder().build();

    private VersionedFile() {}

    /**
     * What the file holds; empty if there is none.
     *
     * @param newest the newest version that this engine knows; it reads all older ones
     * @throws IOException if the file is there and cannot be read; the message names it and says why
     */
    static <T> Optional<T> read(Path file, long mostBytes, int newest, Class<T> type) throws IOException {
        try {
            if (Files.size(file) > mostBytes) {
                throw new IOException(file + " is longer than " + mostBytes + " bytes");
            }
            JsonNode tree = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
            int version = tree.path("formatVersion").asInt(0);
            if (version < 1 || version > newest) {
                throw new IOException(file + " has format version " + version + "; this engine reads up to " + newest);
            }
            return Optional.of(MAPPER.treeToValue(tree, type));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JsonProcessingException broken) {
            throw new IOException(file + ": " + broken.getOriginalMessage(), broken);
        }
    }
}
