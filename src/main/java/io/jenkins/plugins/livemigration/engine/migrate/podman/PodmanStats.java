package io.jenkins.plugins.livemigration.engine.migrate.podman;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * What {@code podman container checkpoint|restore --print-stats} prints (Podman 4.0 and later). All times microseconds.
 * Podman omits fields whose value is zero; a missing field is zero.
 *
 * @param podmanMicros the whole command, as Podman counts it
 * @param runtimeMicros the runtime's part: CRIU and its surroundings
 * @param freezingMicros until all processes stood still
 * @param frozenMicros how long they stood still while CRIU dumped them
 * @param memdumpMicros collecting memory, part of the frozen time
 * @param memwriteMicros writing memory, part of the frozen time
 * @param restoreMicros CRIU's restore
 */
record PodmanStats(
        long podmanMicros,
        long runtimeMicros,
        long freezingMicros,
        long frozenMicros,
        long memdumpMicros,
        long memwriteMicros,
        long pagesScanned,
        long pagesWritten,
        long restoreMicros,
        long pagesRestored) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the report of a command for one container; empty if there is none in it, as after a failure. */
    static Optional<PodmanStats> parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
        JsonNode container = root.path("container_statistics").path(0);
        if (!container.isObject()) {
            return Optional.empty();
        }
        JsonNode criu = container.path("criu_statistics");
        boolean restore = root.has("podman_restore_duration");
        return Optional.of(new PodmanStats(
                root.path(restore ? "podman_restore_duration" : "podman_checkpoint_duration")
                        .asLong(),
                container
                        .path(restore ? "runtime_restore_duration" : "runtime_checkpoint_duration")
                        .asLong(),
                criu.path("freezing_time").asLong(),
                criu.path("frozen_time").asLong(),
                criu.path("memdump_time").asLong(),
                criu.path("memwrite_time").asLong(),
                criu.path("pages_scanned").asLong(),
                criu.path("pages_written").asLong(),
                criu.path("restore_time").asLong(),
                criu.path("pages_restored").asLong()));
    }
}
