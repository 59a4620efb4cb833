package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The gate of containers that have an address of their own by macvlan, whose packets never pass through the host's network:
 * the same table, at the source, inside the container's network namespace. It has to be closed before the processes are
 * stopped, since a connection that nobody accepts any more cannot be checkpointed ("in-flight").
 *
 * <p>It is gone with the namespace, which Podman takes away after a checkpoint; after a checkpoint that failed it is opened,
 * and if nobody is left to do that, it opens by itself like any other. It is an addition: where it cannot be closed the
 * migration is tried without.
 */
final class InnerGate {
    private InnerGate() {}

    /** Script lines that close it for all containers of the move. They cannot fail. */
    static String close(Move move) {
        return move.containers().stream()
                .filter(container -> applies(move, container))
                .map(container -> inside(container, gate(move, container).close()))
                .collect(Collectors.joining("\n", "", "\n:"));
    }

    /** Script lines that open it for one of them again. They cannot fail. */
    static String open(Move move, ContainerFacts container) {
        return applies(move, container)
                ? inside(container, gate(move, container).open())
                : ":";
    }

    private static boolean applies(Move move, ContainerFacts container) {
        return move.plan().gate()
                && travels(move.plan().traffic())
                && !container.hostNetwork()
                && !container.addresses().isEmpty();
    }

    /** Whether clients may reach the containers at addresses that are their own. */
    static boolean travels(DriverPlan.Traffic traffic) {
        return traffic instanceof DriverPlan.Traffic.Macvlan || traffic instanceof DriverPlan.Traffic.None;
    }

    private static Gate gate(Move move, ContainerFacts container) {
        return new Gate(
                move.names().gateTable(),
                container.addresses(),
                Set.of(),
                move.timings().gateValidity());
    }

    private static String inside(ContainerFacts container, String script) {
        return "nsenter -t %s -n sh -c %s 2>> inner-gate.complaint 9>&- || :".formatted(container.pid(), quote(script));
    }
}
