package io.jenkins.plugins.livemigration.engine.migrate;

import io.jenkins.plugins.livemigration.engine.result.Finding;
import java.util.List;
import java.util.Map;

/**
 * Drives one platform. A driver is bound to one workload of one plan and is used by one thread at a time, except for
 * {@link Cancellation}, which may fire from any.
 *
 * <p>What goes wrong on the platform is returned, not thrown. A driver measures nothing from the client's side.
 */
public interface MigrationDriver extends AutoCloseable {

    /** The driver's key in plans: {@code podman}. */
    String name();

    /**
     * Identifies the workload to everybody who might move it: the same for every plan that touches it. The lease is kept
     * under this.
     */
    String workloadKey();

    /**
     * Whether this can work at all: reachability, versions, privileges, capacity. Touches nothing. Returns all findings at
     * once, each with its remedy.
     *
     * @param workloadPresent whether the workload should exist already; if not, the plan starts it later, and only what
     *     does not depend on it is checked
     */
    List<Finding> preflight(boolean workloadPresent) throws InterruptedException;

    /**
     * Facts about the hosts by host name: what a team upgrades. Facts that cannot be had are left out. Of each host that is
     * named here and that the plan has a shell on, the engine itself adds what the machine says ({@link MachineFacts}), unless
     * the driver has asked it: a driver that knows nothing of a host names it with no facts.
     */
    Map<String, Map<String, String>> environment() throws InterruptedException;

    /** Where the workload is now. */
    Whereabouts locate() throws InterruptedException;

    /**
     * Moves the workload. The request goes out as late as possible: everything that can be prepared without touching the
     * workload happens before {@link MigrationListener#requested()} is called.
     *
     * <p>When it returns, nothing of the driver's runs any more on either host, except in the case of
     * {@link MigrationOutcome.Failed} with an unknown whereabouts, after which {@link #recover} must be called.
     *
     * @param from where the workload is
     * @param to where it shall be
     * @param listener told of phases and marks as they happen, on the calling thread or a driver's thread
     * @param cancellation checked between steps; before the point of no return it leads back, after it forward
     */
    MigrationOutcome migrate(String from, String to, MigrationListener listener, Cancellation cancellation)
            throws InterruptedException;

    /**
     * After anything went wrong, also in a run that is long dead: finds out where the workload is and brings it back to
     * life, exactly once. Never starts a second copy: where it cannot prove that the other copy is absent or dead it says
     * {@link Whereabouts.Unknown} and how to decide, and leaves both sides fenced. Cleans what earlier runs left behind.
     * Idempotent.
     */
    Recovery recover() throws InterruptedException;

    /** Where the lease on the workload is kept, so that all who could move it see it. */
    LeaseStore leases();

    /** Releases what the driver itself holds (helper processes, timers). Hosts are closed by their owner. */
    @Override
    void close();
}
