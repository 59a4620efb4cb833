package io.jenkins.plugins.livemigration.jenkins.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of a job that are judged otherwise now than when they ended: a file that is only ever added to. */
final class JudgedAnew {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HistoryFile file;

    JudgedAnew(Path file) {
        this.file = new HistoryFile(file);
    }

    /** A run of a build. */
    private record Run(int build, String name) {}

    void add(int build, String name, String status) throws IOException {
        file.append(List.of(JSON.createObjectNode()
                .put("build", build)
                .put("name", name)
                .put("status", status)
                .toString()));
    }

    /** Whether a run was judged anew since it ended. */
    boolean has(int build, String name) throws IOException {
        return file.exists() && statuses().containsKey(new Run(build, name));
    }

    /** The same runs as they are judged now. */
    List<HistoryEntry> applied(List<HistoryEntry> entries) throws IOException {
        if (!file.exists()) {
            return entries;
        }
        Map<Run, String> now = statuses();
        return entries.stream()
                .map(entry -> {
                    String status = now.get(new Run(entry.build(), entry.name()));
                    return status == null ? entry : entry.judgedAnew(status);
                })
                .toList();
    }

    private Map<Run, String> statuses() throws IOException {
        Map<Run, String> statuses = new HashMap<>();
        file.read(JudgedAnew::line)
                .forEach(line -> statuses.put(
                        new Run(line.path("build").asInt(), line.path("name").asText()),
                        line.path("status").asText()));
        return statuses;
    }

    private static Optional<JsonNode> line(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }
}
