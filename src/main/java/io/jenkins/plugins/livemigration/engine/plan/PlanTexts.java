package io.jenkins.plugins.livemigration.engine.plan;

import java.util.Optional;

/** Changes the texts of a plan before it is understood. */
@FunctionalInterface
public interface PlanTexts {
    /**
     * What a text becomes.
     *
     * @param path where it stands, in the plan's own keys
     * @param line of the document; empty for a parameter
     */
    String edit(String path, Optional<Integer> line, String text);
}
