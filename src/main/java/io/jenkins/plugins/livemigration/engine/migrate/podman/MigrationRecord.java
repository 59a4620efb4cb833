package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a migration leaves on both hosts before it begins, so that whoever comes after a crash knows who was moving what.
 * Lines of {@code key=value}; written once, removed when the migration is over. The stages stand in a file beside it.
 *
 * @param token the migration's, as on the fence
 * @param from the source's name in the plan
 * @param to the destination's
 * @param staging directory where the archives lie, on both hosts
 * @param containers IDs by name: a container of the same ID on the other host is this migration's copy, any other is
 *     somebody else's
 */
record MigrationRecord(String token, String from, String to, String staging, Map<String, String> containers) {
    private static final String CONTAINER = "container.";

    MigrationRecord {
        containers = Map.copyOf(containers);
    }

    /** The record of a migration of these containers. */
    static MigrationRecord of(String token, String from, String to, String staging, List<ContainerFacts> facts) {
        Map<String, String> ids = new LinkedHashMap<>();
        facts.forEach(container -> ids.put(container.name(), container.id()));
        return new MigrationRecord(token, from, to, staging, ids);
    }

    /** Script lines that write it into the current directory at once or not at all. */
    String write() {
        StringBuilder text = new StringBuilder();
        text.append("token=").append(token).append('\n');
        text.append("from=").append(from).append('\n');
        text.append("to=").append(to).append('\n');
        text.append("staging=").append(staging).append('\n');
        containers.forEach((name, id) ->
                text.append(CONTAINER).append(name).append('=').append(id).append('\n'));
        return "printf %s " + quote(text.toString()) + " > record.new && mv record.new record";
    }

    /** Reads one; empty if something is missing, as in a file that is no record. */
    static Optional<MigrationRecord> parse(List<String> lines) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> containers = new LinkedHashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String key = line.substring(0, equals);
            String value = line.substring(equals + 1);
            if (key.startsWith(CONTAINER)) {
                containers.put(key.substring(CONTAINER.length()), value);
            } else {
                values.put(key, value);
            }
        }
        String token = values.get("token");
        String from = values.get("from");
        String to = values.get("to");
        String staging = values.get("staging");
        if (token == null || from == null || to == null || staging == null || containers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MigrationRecord(token, from, to, staging, containers));
    }
}
