package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import java.util.Map;

/** What the API answers with another status than 200. */
final class PveRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    final int status;
    final transient Map<String, String> errors;

    PveRefusal(int status, String text, Map<String, String> errors) {
        super(text);
        this.status = status;
        this.errors = errors;
    }

    PveRefusal(int status, String text) {
        this(status, text, Map.of());
    }
}
