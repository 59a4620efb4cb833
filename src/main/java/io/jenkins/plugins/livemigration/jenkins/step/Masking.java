package io.jenkins.plugins.livemigration.jenkins.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hides secrets in what is shown. The engine prints none of its own accord; but a platform's message may quote what it was
 * sent.
 */
final class Masking {
    private static final String HIDDEN = "****";
    private static final List<String> SECRET_KEYS = List.of("password", "passphrase", "privateKey");
    /** A line of a key, or the part of a token behind its name, that is shorter is no secret by itself. */
    private static final int SHORTEST_PART = 16;

    private final List<String> secrets;

    private Masking(Set<String> secrets) {
        // The longest first: one secret may be part of another.
        this.secrets = secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Hides nothing. */
    static Masking none() {
        return new Masking(Set.of());
    }

    /** Hides what is secret in the form that the engine takes: an object of secrets by their names. */
    static Masking of(JsonNode credentials) {
        Set<String> secrets = new TreeSet<>();
        for (JsonNode credential : credentials) {
            for (String key : SECRET_KEYS) {
                add(credential.path(key).asText(""), secrets);
            }
        }
        return new Masking(secrets);
    }

    private static void add(String secret, Set<String> secrets) {
        if (secret.isBlank()) {
            return;
        }
        if (secret.indexOf('\n') < 0) {
            secrets.add(secret);
        }
        secret.lines().map(String::strip).filter(Masking::tells).forEach(secrets::add);
        // A token of Proxmox VE: USER@REALM!NAME=UUID.
        String value = secret.substring(secret.lastIndexOf('=') + 1).strip();
        if (secret.indexOf('\n') < 0 && tells(value)) {
            secrets.add(value);
        }
    }

    private static boolean tells(String part) {
        return part.length() >= SHORTEST_PART && !part.startsWith("-----");
    }

    /** The text without secrets. */
    String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden;
    }
}
