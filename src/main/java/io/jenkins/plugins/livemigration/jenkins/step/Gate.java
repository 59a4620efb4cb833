package io.jenkins.plugins.livemigration.jenkins.step;

import java.util.Locale;
import java.util.Optional;

/** What a verdict decides. */
enum Gate {
    /** The build's result. */
    BUILD,
    /** The stage's colour alone; the step returns. */
    STAGE,
    /** Nothing: the results are published, that is all. */
    NONE;

    /** As it is written in a script. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Gate> of(String text) {
        for (Gate gate : values()) {
            if (gate.text().equals(text)) {
                return Optional.of(gate);
            }
        }
        return Optional.empty();
    }
}
