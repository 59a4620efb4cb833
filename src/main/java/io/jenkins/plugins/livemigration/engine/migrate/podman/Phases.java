package io.jenkins.plugins.livemigration.engine.migrate.podman;

/** The names of the phases, in the field's words. */
final class Phases {
    /** Before anything is asked of the hosts. */
    static final String PREPARE = "prepare";
    /** The volumes, while the workload runs. */
    static final String VOLUME_SYNC = "volume-sync";
    /** A copy of the memory, while the workload runs. */
    static final String MEMORY_AHEAD = "memory-ahead";
    /** From the closed gate until the processes are gone. */
    static final String CHECKPOINT = "checkpoint";
    /** From there until all is whole at the destination. */
    static final String TRANSFER = "transfer";
    /** Address or load balancer. */
    static final String SWITCH_TRAFFIC = "switch-traffic";
    /** Podman's restore of all containers. */
    static final String RESTORE = "restore";
    /** What is left on both hosts, when the workload runs again. */
    static final String CLEAN_UP = "clean-up";
    /** Followed by the round's number. */
    static final String PRE_COPY = "pre-copy-";

    private Phases() {}
}
