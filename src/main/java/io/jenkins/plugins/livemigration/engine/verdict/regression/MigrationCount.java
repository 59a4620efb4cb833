package io.jenkins.plugins.livemigration.engine.verdict.regression;

/**
 * How many of a scenario's measured migrations failed.
 *
 * @param tried succeeded or failed; cancelled and unfinished ones say nothing
 */
public record MigrationCount(String scenario, int failed, int tried) {}
