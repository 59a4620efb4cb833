package io.jenkins.plugins.livemigration.jenkins.step;

/** Names of the files in a run's folder on the agent. */
final class EngineFiles {
    /** Below the agent's root: engines and runs. */
    static final String HOME = "live-migration-benchmark";
    /** The engine's process, written by its starter. */
    static final String IDENTITY = "engine.id";
    /** What the engine prints while it works. */
    static final String PROGRESS = "progress.log";
    /** What the engine prints at its end. */
    static final String OUTCOME = "outcome.json";
    /** Touched while somebody follows. */
    static final String HEARTBEAT = "heartbeat";
    /** What happened, line by line. */
    static final String JOURNAL = "journal.jsonl";
    /** The whole result. */
    static final String RESULT = "result.json";

    private EngineFiles() {}
}
