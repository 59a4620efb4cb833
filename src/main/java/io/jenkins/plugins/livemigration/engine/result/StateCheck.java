package io.jenkins.plugins.livemigration.engine.result;

/**
 * The workload's own state, read before and after a move.
 *
 * @param before the value read before
 * @param after the value read after
 * @param kept whether it continued: equal, or not smaller, as the plan says
 */
public record StateCheck(String before, String after, boolean kept) {}
