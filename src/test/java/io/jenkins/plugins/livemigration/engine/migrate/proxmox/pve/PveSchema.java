package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parameters of one call as a release's schema publishes them, and what the API says of those that do not fit. The schemas
 * are in {@code migrate-parameters.json}, with the commit that each was read from, and in {@code calls.json}.
 */
public final class PveSchema {
    /** What the API says of a parameter that it does not know. */
    static final String UNKNOWN =
            "property is not defined in schema and the schema does not allow additional properties";

    private static final JsonNode ALL = read("migrate-parameters.json");
    private static final JsonNode CALLS = read("calls.json").path("calls");

    private final JsonNode parameters;

    private PveSchema(JsonNode parameters) {
        this.parameters = parameters;
    }

    /** Of {@code POST /nodes/NODE/KIND/VMID/migrate}; the kind is {@code qemu} or {@code lxc}. */
    static PveSchema ofMigration(PveRelease release, String kind) {
        JsonNode found = ALL.path("releases").path(release.name()).path(kind).path("parameters");
        if (found.isEmpty()) {
            throw new IllegalArgumentException(release + " " + kind);
        }
        return new PveSchema(found);
    }

    /** Of any other call; without parameters, if it has none. */
    static PveSchema ofCall(String method, List<String> path) {
        String call = method + " /" + String.join("/", path);
        for (Map.Entry<String, JsonNode> each : CALLS.properties()) {
            if (call.matches(each.getKey().replace("*", "[^/]+"))) {
                return new PveSchema(each.getValue());
            }
        }
        return new PveSchema(MissingNode.getInstance());
    }

    /** The names of all parameters, those in the path not among them. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        parameters.fieldNames().forEachRemaining(names::add);
        return names;
    }

    boolean has(String name) {
        return parameters.has(name);
    }

    /** What is wrong with a request's form, by the parameter's name. */
    public Map<String, String> objections(Map<String, String> form) {
        Map<String, String> objections = new LinkedHashMap<>();
        form.forEach((name, value) ->
                objection(parameters.path(name), value).ifPresent(objection -> objections.put(name, objection)));
        parameters.properties().forEach(known -> {
            if (!form.containsKey(known.getKey())
                    && !known.getValue().path("optional").asBoolean()) {
                objections.put(known.getKey(), "property is missing and it is not optional");
            }
        });
        return objections;
    }

    private static Optional<String> objection(JsonNode known, String value) {
        if (known.isMissingNode()) {
            return Optional.of(UNKNOWN);
        }
        String type = known.path("type").asText();
        boolean fits = switch (type) {
            case "boolean" -> value.matches("[01]");
            case "integer" -> value.matches("-?[0-9]+");
            case "number" -> value.matches("-?[0-9]+(\\.[0-9]+)?");
            default -> true;
        };
        if (!fits) {
            return Optional.of("type check ('" + type + "') failed - got '" + value + "'");
        }
        if (known.has("minimum")
                && Double.parseDouble(value) < known.path("minimum").asDouble()) {
            return Optional.of("value must have a minimum value of "
                    + known.path("minimum").asText());
        }
        if (known.has("enum") && !known.path("enum").toString().contains('"' + value + '"')) {
            return Optional.of("value '" + value + "' does not have a value in the enumeration");
        }
        return format(known.path("format").asText(), value);
    }

    private static Optional<String> format(String format, String value) {
        return switch (format) {
            case "CIDR" ->
                value.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}")
                        ? Optional.empty()
                        : Optional.of("invalid format - value does not look like a valid CIDR network");
            case "pve-node" ->
                value.matches("[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?")
                        ? Optional.empty()
                        : Optional.of("invalid format - value does not look like a valid node name");
            case "storage-pair-list" ->
                value.matches("1|[a-zA-Z][a-zA-Z0-9._-]*(:[a-zA-Z][a-zA-Z0-9._-]*)?"
                                + "(,[a-zA-Z][a-zA-Z0-9._-]*(:[a-zA-Z][a-zA-Z0-9._-]*)?)*")
                        ? Optional.empty()
                        : Optional.of("invalid format - value does not look like a list of storages");
            default -> Optional.empty();
        };
    }

    private static JsonNode read(String file) {
        try (InputStream in = Objects.requireNonNull(PveSchema.class.getResourceAsStream(file))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
