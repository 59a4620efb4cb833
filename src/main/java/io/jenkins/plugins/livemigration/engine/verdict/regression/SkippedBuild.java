package io.jenkins.plugins.livemigration.engine.verdict.regression;

import io.jenkins.plugins.livemigration.engine.text.Message;

/** A build that is not part of the baseline, or one figure of it that is not, and why. */
public record SkippedBuild(String label, Message reason) {}
