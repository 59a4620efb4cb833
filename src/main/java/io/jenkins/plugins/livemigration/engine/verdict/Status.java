package io.jenkins.plugins.livemigration.engine.verdict;

/** The verdicts, from harmless to grave. */
public enum Status {
    PASS,
    INSUFFICIENT_BASELINE,
    INCONCLUSIVE,
    UNSTABLE,
    FAIL,
    /** No sample could be had; never enters a baseline. */
    INFRASTRUCTURE
}
