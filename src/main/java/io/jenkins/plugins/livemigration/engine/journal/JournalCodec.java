package io.jenkins.plugins.livemigration.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Journal entries as lines of JSON: {@code {"seq":7,"nanos":123,"at":"2026-...Z","type":"phase-started","data":{...}}}.
 */
final class JournalCodec {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Map<String, Class<? extends JournalEvent>> TYPES = types();

    private JournalCodec() {}

    /** One line, without its end. */
    static String write(JournalEntry entry) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("seq", entry.sequence());
        line.put("nanos", entry.nanos());
        line.put("at", entry.at().toString());
        line.put("type", typeOf(entry.event().getClass()));
        line.set("data", MAPPER.valueToTree(entry.event()));
        try {
            return MAPPER.writeValueAsString(line);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that cannot be written: " + entry, impossible);
        }
    }

    /**
     * Reads one line.
     *
     * @return empty for an event of a type that this engine does not know: a newer one wrote it
     * @throws JsonProcessingException if the line is not a whole entry
     */
    static Optional<JournalEntry> read(String line) throws JsonProcessingException {
        JsonNode tree = MAPPER.readTree(line);
        if (!tree.hasNonNull("seq") || !tree.hasNonNull("type") || !tree.hasNonNull("at") || !tree.has("data")) {
            throw new IncompleteLine(line);
        }
        Class<? extends JournalEvent> type = TYPES.get(tree.get("type").asText());
        if (type == null) {
            return Optional.empty();
        }
        return Optional.of(new JournalEntry(
                tree.get("seq").asLong(),
                tree.get("nanos").asLong(),
                Instant.parse(tree.get("at").asText()),
                MAPPER.treeToValue(tree.get("data"), type)));
    }

    private static Map<String, Class<? extends JournalEvent>> types() {
        Map<String, Class<? extends JournalEvent>> types = new HashMap<>();
        addTypes(JournalEvent.class, types);
        return Map.copyOf(types);
    }

    private static void addTypes(Class<? extends JournalEvent> kind, Map<String, Class<? extends JournalEvent>> types) {
        for (Class<?> permitted : kind.getPermittedSubclasses()) {
            Class<? extends JournalEvent> event = permitted.asSubclass(JournalEvent.class);
            if (event.isSealed()) {
                addTypes(event, types);
            } else {
                types.put(typeOf(event), event);
            }
        }
    }

    private static String typeOf(Class<?> event) {
        return event.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** A line that is JSON, but not an entry. */
    private static final class IncompleteLine extends JsonProcessingException {
        private IncompleteLine(String line) {
            super("not a journal entry: " + line.substring(0, Math.min(80, line.length())));
        }
    }
}
