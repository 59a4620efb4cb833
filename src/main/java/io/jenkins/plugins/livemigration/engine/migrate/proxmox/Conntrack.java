package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the host firewall's connections of a guest can travel along. Both nodes have to know how, and to ask for it where one
 * does not makes the migration fail: a node that it leaves refuses the parameter, one that it goes to the start of the guest.
 * Versions tell it only roughly, since nodes of 9.0 exist without it (qemu-server before 9.0.10), so the nodes are asked, as the
 * web interface does: the one in the migration's preconditions, the other for what it is capable of.
 */
final class Conntrack {
    /** Came together with the parameter itself (qemu-server, commit dc76a590). */
    private static final String CAPABLE = "has-dbus-vmstate";

    /**
     * Why it is left out.
     *
     * @param unseen whether the node may know how, and did not let us see it
     * @param why in the node's words, empty if it just does not know how
     */
    record Lack(String node, boolean unseen, String why) {}

    private Conntrack() {}

    /** Whether a migration is asked to take them along; says it where the plan wants that and a node cannot. */
    static boolean travels(PveQuestions cluster, Guest guest, String from, String to, MoveReport report)
            throws InterruptedException {
        if (guest.container() || !guest.plan().conntrackState()) {
            return false;
        }
        Optional<Lack> lack = lack(cluster, guest, from, to);
        lack.ifPresent(found -> report.note(Message.of("migrate/proxmox.conntrackLeftOut", found.node(), found.why())));
        return lack.isEmpty();
    }

    /** What is in its way between these nodes; empty if nothing is. */
    static Optional<Lack> lack(PveQuestions cluster, Guest guest, String from, String to) throws InterruptedException {
        PveAnswer source = cluster.get(guest.path(from) + "/migrate", Map.of("target", to));
        Optional<Lack> atSource = lack(from, source);
        return atSource.isPresent() ? atSource : atTarget(cluster, to);
    }

    private static Optional<Lack> atTarget(PveQuestions cluster, String to) throws InterruptedException {
        return lack(to, cluster.get("/nodes/" + PveApi.encode(to) + "/capabilities/qemu/migration"));
    }

    private static Optional<Lack> lack(String node, PveAnswer answer) {
        boolean known = answer instanceof PveAnswer.Ok || answer.notImplemented();
        if (!known) {
            return Optional.of(new Lack(node, true, answer.complaint()));
        }
        return answer.content().path(CAPABLE).asInt() == 1
                        || answer.content().path(CAPABLE).asBoolean()
                ? Optional.empty()
                : Optional.of(new Lack(node, false, ""));
    }
}
