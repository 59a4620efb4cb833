package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import java.util.Optional;
import java.util.Set;

/**
 * How clients find the workload at its new place. Script lines are idempotent and end with a non-zero status if they could
 * not do what they say.
 */
interface TrafficSwitch {

    /** Addresses that are the service's own wherever it is: what the gate drops. */
    default Set<String> addresses() {
        return Set.of();
    }

    /** Script lines on the host that gives the service up; the gate is closed. */
    default String leave() {
        return ":";
    }

    /** Script lines on the host that takes the service, before it is restored; the gate is closed. */
    default String arrive() {
        return ":";
    }

    /** Script lines on the host that has taken the service, when the gate has been opened. Do not wait for anything. */
    default String announce() {
        return ":";
    }

    /** Script lines that print {@code address} if the host holds the service's address. */
    default String reportPresence() {
        return ":";
    }

    /** Turns clients away from the host that is about to stop; empty if there is nothing to do. */
    default Optional<CommandResult> detach(String from, String to) throws InterruptedException {
        return Optional.empty();
    }

    /** Leads clients to {@code to}, where the workload runs now; empty if there is nothing to do. */
    default Optional<CommandResult> attach(String from, String to) throws InterruptedException {
        return Optional.empty();
    }
}
