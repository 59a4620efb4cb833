package io.jenkins.plugins.livemigration.engine.result;

import io.jenkins.plugins.livemigration.engine.text.Message;

/**
 * How a run ended.
 *
 * @param kind in a word
 * @param reason a sentence; where the workload is, if that is not where it was found
 */
public record RunEnd(Kind kind, Message reason) {

    /** In a word. */
    public enum Kind {
        /** All that was planned was done. */
        COMPLETED,
        /** Somebody cancelled it, or the starter vanished; finished samples count. */
        INTERRUPTED,
        /** Preflight or the infrastructure prevented it. */
        INFRASTRUCTURE,
        /** The platform cannot do what was asked. */
        NOT_SUPPORTED,
        /** The journal just ends: the engine was killed. */
        KILLED
    }
}
