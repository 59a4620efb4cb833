package io.jenkins.plugins.livemigration.engine.plan;

import java.util.Locale;

/** The two notations of a plan; both say the same. */
public enum PlanFormat {
    YAML,
    JSON;

    /** By the file's name: JSON for {@code *.json}, YAML for all others. */
    public static PlanFormat ofFileName(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
    }
}
