package io.jenkins.plugins.livemigration.engine.plan;

import java.time.Duration;

/**
 * A shell command of the user's on a host of the plan.
 *
 * @param on the host's name
 * @param run the command, as it would be typed in a shell there
 */
public record HostCommand(String on, String run, Duration timeout) {}
