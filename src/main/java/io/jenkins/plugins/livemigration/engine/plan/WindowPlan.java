package io.jenkins.plugins.livemigration.engine.plan;

import java.time.Duration;

/**
 * What is observed around each move: from {@code before} ahead of the request until {@code after} behind the
 * confirmation.
 */
public record WindowPlan(Duration before, Duration after) {}
