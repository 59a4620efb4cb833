package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file of JSON with what was seen last under each benchmark's name. One that cannot be read counts as empty. */
final class SeenLast {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST_BYTES = 4L << 20;

    private final Path path;

    SeenLast(Path path) {
        this.path = path;
    }

    /** What was seen under that name; empty if nothing was. */
    JsonNode of(String name) throws IOException {
        return all().path(name);
    }

    /** Replaces what was seen under that name, whole or not at all. */
    void put(String name, JsonNode seen) throws IOException {
        ObjectNode all = all();
        if (!seen.equals(all.path(name))) {
            all.set(name, seen);
            WholeFile.write(path, all.toString());
        }
    }

    void forget() throws IOException {
        Files.deleteIfExists(path);
    }

    private ObjectNode all() throws IOException {
        if (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode read;
        try {
            read = JSON.readTree(Files.readAllBytes(path));
        } catch (JsonProcessingException damaged) {
            return JsonNodeFactory.instance.objectNode();
        }
        return read instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }
}
