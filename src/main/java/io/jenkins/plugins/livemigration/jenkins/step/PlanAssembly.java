package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.jenkins.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Makes one plan of a plan file, a step's parameters and a lab. Parameters win over the file; what a lab says about its
 * hosts and clusters cannot be changed by either, or its credentials could be sent to where somebody likes.
 */
final class PlanAssembly {
    /** What the engine calls a lab's credentials; a plan cannot use these names. */
    private static final String LAB_CREDENTIALS = "lab-credentials-";

    private static final Pattern CREDENTIALS = Pattern.compile("(^|\\.)credentials$");

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
     * @param lab what the lab says in the plan's keys, if a lab is used; taken as it is
     * @param environment variables that are replaced in document and parameters
     */
    Assembled assemble(Optional<ObjectNode> lab, Function<String, Optional<String>> environment) {
        List<String> mistakes = new ArrayList<>();
        Map<String, String> labCredentials = new LinkedHashMap<>();
        ObjectNode fixed = JsonNodeFactory.instance.objectNode();
        lab.ifPresent(part -> part.properties().forEach(described -> {
            Set<String> own = new TreeSet<>(PlanParser.names(document, format, described.getKey()));
            parameters.path(described.getKey()).fieldNames().forEachRemaining(own::add);
            ObjectNode into = fixed.putObject(described.getKey());
            described.getValue().properties().forEach(named -> {
                if (own.contains(named.getKey())) {
                    mistakes.add(Words.text("plan.describedByLab", described.getKey() + "." + named.getKey()));
                }
                into.set(named.getKey(), renamed(named.getValue(), labCredentials));
            });
        }));
        if (!mistakes.isEmpty()) {
            return new Assembled.Wrong(mistakes);
        }
        Variables variables = new Variables(environment);
        ParsedPlan parsed = PlanParser.parse(document, format, parameters, fixed, (path, line, text) -> {
            String expanded = variables.edit(path, line, text);
            if (expanded.startsWith(LAB_CREDENTIALS)
                    && CREDENTIALS.matcher(path).find()) {
                mistakes.add(Words.text("plan.credentialsOfLab", expanded));
            }
            return expanded;
        });
        mistakes.addAll(variables.mistakes());
        if (parsed instanceof ParsedPlan.Invalid invalid) {
            invalid.mistakes().forEach(mistake -> mistakes.add(mistake.render(Words.locale())));
            return new Assembled.Wrong(mistakes);
        }
        ParsedPlan.Valid valid = (ParsedPlan.Valid) parsed;
        for (HostPlan host : valid.plan().hosts().values()) {
            if (host.identityFile().isPresent()) {
                mistakes.add(Words.text("plan.identityFile", host.name()));
            }
        }
        namedResults(valid.plan().regression()).forEach(key -> mistakes.add(Words.text("plan.namesResults", key)));
        Set<String> ownCredentials = new TreeSet<>();
        credentials(valid.canonical(), ownCredentials);
        Map<String, String> used = new LinkedHashMap<>(labCredentials);
        used.keySet().retainAll(ownCredentials);
        ownCredentials.removeAll(used.keySet());
        return mistakes.isEmpty()
                ? new Assembled.Plan(valid.plan().name(), valid.canonical(), ownCredentials, used)
                : new Assembled.Wrong(mistakes);
    }

    /**
     * The keys that name files with earlier results. They would be the agent's, which the controller does not have when it judges
     * anew, and beside the builds that it hands in they would be passed over without a word.
     */
    private static List<String> namedResults(RegressionPlan regression) {
        List<String> keys = new ArrayList<>();
        if (!regression.baseline().isEmpty()) {
            keys.add("regression.baseline");
        }
        if (!regression.golden().isEmpty()) {
            keys.add("regression.golden");
        }
        return keys;
    }

    private static JsonNode renamed(JsonNode described, Map<String, String> labCredentials) {
        ObjectNode copy = described.deepCopy();
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
