package io.jenkins.plugins.livemigration.engine.plan;

import java.util.Optional;

/**
 * A limit that gates.
 *
 * @param metric a metric's id
 * @param of what is held against the limit
 * @param scenario only this one; all if absent
 * @param unstable from here on the run is UNSTABLE, in the metric's unit
 * @param fail from here on it is FAIL
 * @param unstableText how the plan wrote the limit ({@code 800 ms}, {@code bad}), for the sentence; empty if absent
 */
public record Threshold(
        String metric,
        Of of,
        Optional<String> scenario,
        Optional<Double> unstable,
        Optional<Double> fail,
        String unstableText,
        String failText) {

    /** What is held against a limit. */
    public enum Of {
        MEDIAN,
        WORST,
        EACH
    }
}
