package io.jenkins.plugins.livemigration.engine.result;

/**
 * Raw material a figure was taken from: a platform's statistics, a task log.
 *
 * @param name what it is ({@code podman checkpoint --print-stats}, {@code task log})
 * @param text verbatim, without secrets
 */
public record Evidence(String name, String text) {}
