package io.jenkins.plugins.livemigration.engine.migrate.podman;

/**
 * A host's copy of one container.
 *
 * @param id Podman's full ID; empty if absent. A migrated container keeps it
 * @param pid of the container's first process, 0 if it has none
 */
record Copy(String name, String id, State state, long pid) {

    /** What a copy is, as far as recovery needs to tell. */
    enum State {
        /** No container of that name. */
        ABSENT,
        /** Its processes exist, running or paused: it may answer, or may begin to. */
        RUNNING,
        /** It does not run, and its checkpoint is complete beside it: it can be resumed where it was stopped. */
        RESUMABLE,
        /** It does not run, and has nothing to resume from. */
        STOPPED
    }

    /** Whether the host has it in whatever state. */
    boolean exists() {
        return state != State.ABSENT;
    }
}
