package io.jenkins.plugins.livemigration.engine.result;

import io.jenkins.plugins.livemigration.engine.text.Message;

/**
 * Something preflight found.
 *
 * @param severity whether it prevents the run
 * @param where the host, node or path of the plan that it is about
 * @param problem what is the matter
 * @param remedy what to do about it; for {@link Severity#OK} what was checked
 */
public record Finding(Severity severity, String where, Message problem, Message remedy) {

    /** How bad it is. */
    public enum Severity {
        /** Checked and well. */
        OK,
        /** Worth knowing; the run goes on. */
        WARNING,
        /** This cannot work here at all, through nobody's mistake: a result of its own kind. */
        NOT_SUPPORTED,
        /** The run cannot start. */
        ERROR
    }
}
