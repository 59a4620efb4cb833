package io.jenkins.plugins.livemigration.engine.verdict;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;

/**
 * One rule applied to one metric of one scenario.
 *
 * @param rule which rule: {@code limit}, {@code failures}, {@code regression}
 * @param metric its id; empty for rules about the run as a whole
 * @param of {@code median}, {@code worst}, {@code each}, or empty
 * @param value what was held against the limit, in the metric's unit
 * @param limit the limit that was crossed, or the nearest that was not
 * @param straddles the value's resolution reaches across the limit; the worse side was taken
 */
public record Judgement(
        String rule,
        String scenario,
        String metric,
        String of,
        Status status,
        Message sentence,
        Optional<Double> value,
        Optional<Double> limit,
        boolean straddles) {}
