package io.jenkins.plugins.livemigration.engine.plan;

/**
 * Where the run leaves its files.
 *
 * @param directory parent of the run's folder, relative to the working directory; default {@code runs}
 */
public record OutputPlan(String directory) {}
