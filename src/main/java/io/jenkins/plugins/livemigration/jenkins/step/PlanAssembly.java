package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanMistake;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Makes one plan of a plan file, a step's parameters and a lab. Parameters win over the file; what a lab says about its
 * hosts cannot be changed by either, or its credentials could be sent to a host of somebody's choice.
 */
final class PlanAssembly {
    /** What the engine calls a lab's credentials; a plan cannot use these names. */
    private static final String LAB_CREDENTIALS = "lab-credentials-";

    /** Texts with variables of their own, which a shell resolves where they run. */
    private static final Set<String> COMMANDS =
            Set.of("run", "migrate", "locate", "recover", "cancel", "attach", "detach", "command");

    private final ObjectNode parameters;
    private final byte[] document;
    private final PlanFormat format;

    /**
     * An assembly.
     *
     * @param parameters in the plan's keys
     * @param document a plan; empty if there is none
     */
    PlanAssembly(ObjectNode parameters, Optional<byte[]> document, PlanFormat format) {
        this.parameters = parameters;
        this.document = document.orElse("{}".getBytes(StandardCharsets.UTF_8));
        this.format = format;
    }

    /**
     * The plan.
     *
     * @param labHosts the lab's {@code hosts}, if a lab is used
     * @param expand resolves variables of the environment in the step's parameters
     */
    Assembled assemble(Optional<ObjectNode> labHosts, UnaryOperator<String> expand) {
        ObjectNode over = (ObjectNode) expanded("", parameters, expand);
        List<String> mistakes = new ArrayList<>();
        Map<String, String> labCredentials = new LinkedHashMap<>();
        labHosts.ifPresent(hosts -> {
            Set<String> own = new TreeSet<>(PlanParser.hostNames(document, format));
            over.path("hosts").fieldNames().forEachRemaining(own::add);
            ObjectNode into = over.withObjectProperty("hosts");
            hosts.properties().forEach(host -> {
                if (own.contains(host.getKey())) {
                    mistakes.add(Words.text("plan.hostOfLab", host.getKey()));
                }
                into.set(host.getKey(), renamed(host.getValue(), labCredentials));
            });
        });
        if (!mistakes.isEmpty()) {
            return new Assembled.Wrong(mistakes);
        }
        ParsedPlan parsed = PlanParser.parse(document, format, over);
        if (parsed instanceof ParsedPlan.Invalid invalid) {
            return new Assembled.Wrong(
                    invalid.mistakes().stream().map(PlanMistake::toString).toList());
        }
        ParsedPlan.Valid valid = (ParsedPlan.Valid) parsed;
        Set<String> ownCredentials = new TreeSet<>();
        credentials(valid.canonical(), ownCredentials);
        for (String name : ownCredentials) {
            if (name.startsWith(LAB_CREDENTIALS) && !labCredentials.containsKey(name)) {
                mistakes.add(Words.text("plan.credentialsOfLab", name));
            }
        }
        for (HostPlan host : valid.plan().hosts().values()) {
            if (host.identityFile().isPresent()) {
                mistakes.add(Words.text("plan.identityFile", host.name()));
            }
        }
        ownCredentials.removeAll(labCredentials.keySet());
        return mistakes.isEmpty()
                ? new Assembled.Plan(valid.plan().name(), valid.canonical(), ownCredentials, labCredentials)
                : new Assembled.Wrong(mistakes);
    }

    private static JsonNode renamed(JsonNode host, Map<String, String> labCredentials) {
        ObjectNode copy = host.deepCopy();
        String id = copy.path("credentials").asText("");
        if (!id.isEmpty()) {
            String name = LAB_CREDENTIALS + (labCredentials.size() + 1);
            labCredentials.put(name, id);
            copy.put("credentials", name);
        }
        return copy;
    }

    private static void credentials(JsonNode node, Set<String> names) {
        if (node.isObject()) {
            node.properties().forEach(entry -> {
                if (entry.getKey().equals("credentials") && entry.getValue().isTextual()) {
                    names.add(entry.getValue().textValue());
                }
            });
        }
        node.forEach(child -> credentials(child, names));
    }

    private static JsonNode expanded(String key, JsonNode node, UnaryOperator<String> expand) {
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(entry -> {
                // A driver is called command, too: what is in it is looked at key by key.
                copy.set(entry.getKey(), expanded(entry.getKey(), entry.getValue(), expand));
            });
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> copy.add(expanded(key, item, expand)));
            return copy;
        }
        return node.isTextual() && !COMMANDS.contains(key) ? TextNode.valueOf(expand.apply(node.textValue())) : node;
    }

    /** What became of it. */
    sealed interface Assembled {
        /**
         * A valid plan.
         *
         * @param credentials names that are looked up for the build
         * @param labCredentials names that are looked up where the lab is defined, with the ids of the credentials
         */
        record Plan(String name, JsonNode plan, Set<String> credentials, Map<String, String> labCredentials)
                implements Assembled {}

        /** What is wrong, a sentence each. */
        record Wrong(List<String> mistakes) implements Assembled {}
    }
}
