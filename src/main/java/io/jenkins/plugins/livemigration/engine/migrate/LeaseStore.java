package io.jenkins.plugins.livemigration.engine.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the lease on a workload is kept: on the workload's hosts or platform, so that two runs from two places cannot move
 * the same workload. All times in it are of the store's own clock, so that askers' clocks do not matter.
 */
public interface LeaseStore {

    /**
     * Takes the lease if nobody holds it, or if the holder's has expired. Atomic.
     *
     * @param owner who, for people: {@code user@machine, run 20261120-...}
     */
    Attempt acquire(String owner, Duration validity) throws InterruptedException;

    /** Prolongs a lease that is held; false if it was lost. */
    boolean renew(Held lease, Duration validity) throws InterruptedException;

    /**
     * Gives it back; does nothing if it was lost or somebody else holds it now.
     *
     * @return why it may still be there, where that is not known; then it expires by itself
     */
    Optional<String> release(Held lease) throws InterruptedException;

    /** Who holds it now, expired or not. */
    List<Holder> holders() throws InterruptedException;

    /** Removes whatever lease is there, by explicit wish of a person. Returns whom it was taken from. */
    List<Holder> breakLease() throws InterruptedException;

    /** What came of an attempt. */
    sealed interface Attempt permits Held, Refused, Impossible {}

    /** Ours now; the token proves it. */
    record Held(String token) implements Attempt {}

    /** Somebody else's. */
    record Refused(Holder holder) implements Attempt {}

    /** The store cannot be reached or written. */
    record Impossible(String why) implements Attempt {}

    /**
     * Somebody who holds a lease.
     *
     * @param place host or platform where it is kept
     * @param expires by the store's clock, where it can be told
     */
    record Holder(String place, String owner, Optional<Instant> expires, boolean expired) {}
}
