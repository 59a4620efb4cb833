package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;

/** Podman's options that all strategies share. */
final class CheckpointOptions {
    private CheckpointOptions() {}

    /** With the plan's own compression. */
    static String checkpoint(PodmanPlan plan) {
        return checkpoint(plan.compression());
    }

    /** With this compression: {@code none}, {@code gzip} or {@code zstd}. */
    static String checkpoint(String compression) {
        return "--tcp-established --compress=" + quote(compression);
    }

    static String restore() {
        return "--tcp-established";
    }
}
