package io.jenkins.plugins.livemigration.engine.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Secrets that whoever started the engine handed over on its standard input, as a JSON object:
 *
 * <pre>{@code
 * {"lab-key":  {"user": "root", "privateKey": "-----BEGIN ...", "passphrase": "..."},
 *  "pve-token": {"user": "ci@pve", "password": "..."}}
 * }</pre>
 *
 * {@code user} and {@code passphrase} may be absent. No message of this class repeats a part of the object's values.
 */
public final class StandardInputCredentials implements Credentials {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Credential> byName;

    private StandardInputCredentials(Map<String, Credential> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * Reads them from JSON text.
     *
     * @throws IllegalArgumentException if the text is not such an object; says where, not what stands there
     */
    public static StandardInputCredentials parse(String json) {
        try {
            return of(JSON.readTree(json));
        } catch (JsonProcessingException malformed) {
            // The cause would quote what it met: perhaps a secret.
            throw new IllegalArgumentException("credentials: no JSON"
                    + Optional.ofNullable(malformed.getLocation())
                            .map(at -> " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                            .orElse(""));
        }
    }

    /**
     * Takes them from a JSON object.
     *
     * @throws IllegalArgumentException if it is not such an object; says where, not what stands there
     */
    public static StandardInputCredentials of(JsonNode object) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("credentials: not an object");
        }
        Map<String, Credential> byName = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            byName.put(entry.getKey(), credential("credentials." + entry.getKey(), entry.getValue()));
        }
        return new StandardInputCredentials(byName);
    }

    private static Credential credential(String path, JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(path + ": not an object");
        }
        Set<String> keys = new TreeSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        boolean password = keys.contains("password");
        Set<String> allowed = password ? Set.of("user", "password") : Set.of("user", "privateKey", "passphrase");
        if (password == keys.contains("privateKey") || !allowed.containsAll(keys)) {
            throw new IllegalArgumentException(
                    path + ": needs either password or privateKey (with passphrase, if it has one), and may have user");
        }
        Optional<String> user = text(path, node, "user");
        if (password) {
            return new Credential.SecretText(user, text(path, node, "password").orElse(""));
        }
        byte[] key = text(path, node, "privateKey").orElse("").getBytes(StandardCharsets.UTF_8);
        return new Credential.PrivateKey(user, key, text(path, node, "passphrase"));
    }

    private static Optional<String> text(String path, JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(path + "." + key + ": not a text");
        }
        return Optional.of(value.textValue());
    }

    @Override
    public Optional<Credential> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public String toString() {
        return "StandardInputCredentials(hidden)";
    }
}
