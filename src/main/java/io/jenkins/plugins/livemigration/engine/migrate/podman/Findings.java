package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Findings in the making. A problem's message stands under its key, its remedy under {@code KEY.remedy}, with the same
 * arguments.
 */
final class Findings {
    private static final String PREFIX = "migrate/podman.preflight.";
    private static final String REMEDY = ".remedy";

    private final List<Finding> all = new ArrayList<>();

    /** Something that prevents the run. */
    void error(String where, String key, Object... arguments) {
        add(Finding.Severity.ERROR, where, key, arguments);
    }

    /** Something worth knowing. */
    void warning(String where, String key, Object... arguments) {
        add(Finding.Severity.WARNING, where, key, arguments);
    }

    /** Something that cannot work here, through nobody's mistake. */
    void notSupported(String where, String key, Object... arguments) {
        add(Finding.Severity.NOT_SUPPORTED, where, key, arguments);
    }

    /** Something that was checked and is well. */
    void ok(String where, String key, Object... arguments) {
        add(Finding.Severity.OK, where, key, arguments);
    }

    private void add(Finding.Severity severity, String where, String key, Object... arguments) {
        all.add(new Finding(
                severity, where, Message.of(PREFIX + key, arguments), Message.of(PREFIX + key + REMEDY, arguments)));
    }

    /** All, in the order in which they were found. */
    List<Finding> all() {
        return List.copyOf(all);
    }
}
