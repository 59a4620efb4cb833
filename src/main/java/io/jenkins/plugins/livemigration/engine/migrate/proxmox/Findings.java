package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.List;

/** Collects what preflight finds. The remedy of {@code x} has the key {@code x.remedy} and the same arguments. */
final class Findings {
    /** Where something is that concerns the cluster as a whole. */
    static final String CLUSTER = "cluster";

    private static final String PREFIX = "migrate/proxmox.preflight.";

    private final List<Finding> all = new ArrayList<>();

    void ok(String where, String key, Object... arguments) {
        add(Finding.Severity.OK, where, key, arguments);
    }

    void warning(String where, String key, Object... arguments) {
        add(Finding.Severity.WARNING, where, key, arguments);
    }

    void error(String where, String key, Object... arguments) {
        add(Finding.Severity.ERROR, where, key, arguments);
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    private void add(Finding.Severity severity, String where, String key, Object... arguments) {
        all.add(new Finding(
                severity, where, Message.of(PREFIX + key, arguments), Message.of(PREFIX + key + ".remedy", arguments)));
    }
}
