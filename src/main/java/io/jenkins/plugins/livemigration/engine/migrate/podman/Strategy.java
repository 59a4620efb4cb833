package io.jenkins.plugins.livemigration.engine.migrate.podman;

/** A way to bring prepared containers from one host to the other. */
interface Strategy {

    /**
     * Does it, up to the moment at which the workload answers at the destination. Leaves the source's stopped containers
     * and all archives where they are. What goes wrong is returned; nothing is repaired here.
     */
    StepOutcome run(Move move) throws InterruptedException;
}
