package io.jenkins.plugins.livemigration.jenkins.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanMistake;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A plan that is right, but perhaps for one value: what the engine says about that value. */
final class PlanSample {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE = """
            {"name": "sample", "hosts": {"host-a": {}, "host-b": {}},
             "driver": {"command": {"from": "host-a", "to": "host-b", "on": "host-a", "migrate": "move", "locate": "where"}}}
            """;
    /** What stands around a value whose place begins so. */
    private static final Map<String, String> AROUND = Map.ofEntries(
            Map.entry(
                    "driver.podman",
                    "{\"podman\": {\"from\": \"host-a\", \"to\": \"host-b\", \"containers\": [\"web\"]}}"),
            Map.entry(
                    "driver.proxmox",
                    "{\"proxmox\": {\"url\": \"https://pve1:8006\", \"credentials\": \"token\", \"vmid\": 100,"
                            + " \"from\": \"sabda\", \"to\": \"yagra\"}}"),
            Map.entry("clusters.pve", "{\"pve\": {\"url\": \"https://pve1:8006\", \"credentials\": \"token\"}}"),
            Map.entry("probes.udp", "[{\"udp\": {\"host\": \"web\", \"port\": 7}}]"),
            Map.entry("probes.tcp", "[{\"tcp\": {\"host\": \"web\", \"port\": 7}}]"),
            Map.entry("probes.session", "[{\"session\": {\"host\": \"web\", \"port\": 7}}]"),
            Map.entry("probes.oneWay", "[{\"oneWay\": {\"on\": \"host-a\", \"host\": \"web\"}}]"),
            Map.entry("probes.load", "[{\"load\": {\"host\": \"web\", \"port\": 7}}]"),
            Map.entry("probes.ping", "[{\"ping\": {\"host\": \"web\"}}]"),
            Map.entry("probes.http", "[{\"http\": {\"url\": \"http://web/\"}}]"),
            Map.entry("state", "{\"http\": \"http://web/\"}"),
            Map.entry("workload.start", "{\"start\": {\"run\": \"start\"}}"),
            Map.entry("capture", "[{\"on\": \"local\"}]"),
            Map.entry("thresholds", "[{\"metric\": \"downtime.observed\", \"fail\": \"2 s\"}]"));

    private static final Map<String, List<String>> INSTEAD =
            Map.of("url", List.of("urls"), "urls", List.of("url"), "ssh", List.of("url", "credentials"));

    private final ObjectNode plan;
    private final String path;
    private final String told;

    private PlanSample(ObjectNode plan, String path) {
        this(plan, path, path.replace("[0]", ""));
    }

    private PlanSample(ObjectNode plan, String path, String told) {
        this.plan = plan;
        this.path = path;
        this.told = told;
    }

    /** The same, whose mistakes are told under another name. */
    PlanSample as(String key) {
        return new PlanSample(plan, path, key);
    }

    static PlanSample text(String value, String... place) {
        return of(JsonNodeFactory.instance.textNode(value), place);
    }

    static PlanSample whole(long value, String... place) {
        return of(JsonNodeFactory.instance.numberNode(value), place);
    }

    static PlanSample texts(String[] values, String... place) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String value : values) {
            list.add(value);
        }
        return of(list, place);
    }

    /** Something that is described under a name of somebody's choice. */
    static PlanSample named(String name, String... place) {
        ObjectNode described = JsonNodeFactory.instance.objectNode();
        if (place[0].equals("clusters")) {
            described.put("url", "https://pve1:8006").put("credentials", "token");
        } else if (place[0].equals("regression")) {
            described.put("relative", "10 %");
        }
        ObjectNode plan = base();
        ObjectNode parent = plan;
        for (String key : place) {
            parent = parent.withObjectProperty(key);
        }
        parent.set(name, described);
        return new PlanSample(plan, String.join(".", place));
    }

    /** A limit of a metric. */
    static PlanSample limit(String value, String metric, String key) {
        ObjectNode plan = base();
        plan.putArray("thresholds").addObject().put("metric", metric).put(key, value);
        return new PlanSample(plan, "thresholds[0]." + key);
    }

    private static PlanSample of(JsonNode value, String... place) {
        ObjectNode plan = base();
        String start = place.length > 1 ? place[0] + "." + place[1] : place[0];
        Optional.ofNullable(AROUND.get(start))
                .or(() -> Optional.ofNullable(AROUND.get(place[0])))
                .ifPresent(around -> plan.set(place[0], json(around)));
        JsonNode at = plan;
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < place.length; i++) {
            path.append(i == 0 ? "" : ".").append(place[i]);
            if (i == place.length - 1) {
                ObjectNode parent = (ObjectNode) at;
                INSTEAD.getOrDefault(place[i], List.of()).forEach(parent::remove);
                parent.set(place[i], value);
            } else {
                at = ((ObjectNode) at).has(place[i]) ? at.get(place[i]) : ((ObjectNode) at).putObject(place[i]);
            }
            if (at.isArray()) {
                path.append("[0]");
                at = at.get(0);
            }
        }
        return new PlanSample(plan, path.toString());
    }

    /** What is wrong with the value, a sentence each. */
    List<String> mistakes(Locale locale) {
        if (!(PlanParser.parse(plan) instanceof ParsedPlan.Invalid invalid)) {
            return List.of();
        }
        return invalid.mistakes().stream()
                .filter(mistake -> isAt(mistake.path()))
                .map(mistake -> new PlanMistake(
                                told + mistake.path().substring(path.length()),
                                mistake.fault(),
                                mistake.remedy(),
                                Optional.empty())
                        .render(locale))
                .toList();
    }

    private boolean isAt(String found) {
        return found.equals(path) || found.startsWith(path + ".") || found.startsWith(path + "[");
    }

    private static ObjectNode base() {
        return (ObjectNode) json(BASE);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(text, impossible);
        }
    }
}
