package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.verdict.Status;

/**
 * Where a q-value becomes an alarm.
 *
 * @param unstable below this it is UNSTABLE
 * @param fail below this it is FAIL
 */
public record AlarmLevels(double unstable, double fail) {
    /** UNSTABLE below 5 %, FAIL below 1 %. */
    public static final AlarmLevels USUAL = new AlarmLevels(0.05, 0.01);

    /** The status of a figure; a change that does not matter is none, however certain. */
    public Status status(double q, boolean relevant) {
        if (!relevant || q >= unstable) {
            return Status.PASS;
        }
        return q < fail ? Status.FAIL : Status.UNSTABLE;
    }
}
