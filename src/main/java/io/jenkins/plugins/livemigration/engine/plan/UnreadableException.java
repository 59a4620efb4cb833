package io.jenkins.plugins.livemigration.engine.plan;

import java.util.Optional;

/** Ends the reading of a document that is no tree of values at all; never leaves the package. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient PlanMistake mistake;

    UnreadableException(String path, Optional<Integer> line, Fault fault) {
        super(fault.what().toString());
        this.mistake = new PlanMistake(path, fault.what(), fault.remedy(), line);
    }

    PlanMistake mistake() {
        return mistake;
    }
}
