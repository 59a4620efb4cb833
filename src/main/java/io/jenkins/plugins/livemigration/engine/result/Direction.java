package io.jenkins.plugins.livemigration.engine.result;

/** Which way a sample moved the workload: away from the host where the run found it, or back to it. */
public enum Direction {
    OUT,
    BACK
}
