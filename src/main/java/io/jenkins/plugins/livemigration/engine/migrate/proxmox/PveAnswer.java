package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.livemigration.engine.remote.HttpAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the API of Proxmox VE said. */
sealed interface PveAnswer {

    /**
     * It did what was asked.
     *
     * @param data the answer's content
     * @param date the server's clock, where it says
     */
    record Ok(JsonNode data, Optional<Instant> date) implements PveAnswer {}

    /**
     * It refused.
     *
     * @param text why, in the server's words
     * @param parameters what is wrong with each parameter
     */
    record Refused(int status, String text, Map<String, String> parameters) implements PveAnswer {
        public Refused {
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * Nobody answered who could.
     *
     * @param maybeDone whether it may have been done nevertheless
     * @param certificate whether the server's certificate was not accepted
     */
    record Unreachable(boolean maybeDone, boolean certificate, String why) implements PveAnswer {}

    /** What went wrong, for people; empty if nothing did. */
    default String complaint() {
        if (this instanceof Refused refused) {
            return refused.text();
        }
        return this instanceof Unreachable unreachable ? unreachable.why() : "";
    }

    /** The answer's content; missing if there is none. */
    default JsonNode content() {
        return this instanceof Ok ok ? ok.data() : MissingNode.getInstance();
    }

    /** Whether the caller lacks a privilege. */
    default boolean forbidden() {
        return this instanceof Refused refused && refused.status() == 403;
    }

    /** Whether the server does not know this question: it is older. */
    default boolean notImplemented() {
        return this instanceof Refused refused && refused.status() == 501;
    }

    /**
     * Reads an answer. The text of an error stands in the field {@code message} (since libpve-http-server 5.2.0), in the
     * reason phrase (always), or in a form of {@code /api2/extjs} with status 200; parameters' errors stand in
     * {@code errors}.
     */
    static PveAnswer read(HttpAnswer.Answered answer) {
        JsonNode body = json(answer.body());
        boolean extjs = body.has("success");
        int status = extjs ? body.path("status").asInt(answer.status()) : answer.status();
        boolean ok = extjs ? body.path("success").asInt() == 1 : status >= 200 && status < 300;
        if (ok && body.has("data")) {
            return new Ok(body.path("data"), answer.date());
        }
        if (ok) {
            // Somebody in between answered, or the answer is torn: what was asked may have been done.
            return new Unreachable(true, false, "the answer is none of Proxmox VE's: " + shortened(answer.body()));
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        body.path("errors")
                .properties()
                .forEach(error ->
                        parameters.put(error.getKey(), error.getValue().asText().strip()));
        String text = body.path("message").asText("").strip();
        if (text.isEmpty()) {
            text = answer.reason().strip();
        }
        if (text.isEmpty()) {
            text = "HTTP " + status;
        }
        List<String> all = new ArrayList<>(List.of(text));
        parameters.forEach((parameter, error) -> all.add(parameter + ": " + error));
        return new Refused(status, String.join("; ", all), parameters);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.substring(0, Math.min(80, line.length()));
    }

    private static JsonNode json(String text) {
        try {
            JsonNode node = new ObjectMapper().readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException otherForm) {
            return MissingNode.getInstance();
        }
    }
}
