package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out over SSH where the guest is. Unlocks and resumes it only if exactly one QEMU process of it exists on both nodes
 * together, on the node that its configuration belongs to, and no migration's worker lives.
 */
final class QmRecovery {
    private final Guest guest;
    private final ClusterHosts cluster;
    private final Pace pace;

    QmRecovery(Guest guest, ClusterHosts cluster, Pace pace) {
        this.guest = guest;
        this.cluster = cluster;
        this.pace = pace;
    }

    /** Where it is. */
    Whereabouts locate() throws InterruptedException {
        return judge(look());
    }

    private List<NodeLook> look() throws InterruptedException {
        List<NodeLook> looks = new ArrayList<>();
        for (String node : List.of(guest.plan().from(), guest.plan().to())) {
            looks.add(NodeLook.at(node, guest, cluster));
        }
        return looks;
    }

    private Whereabouts judge(List<NodeLook> looks) {
        Optional<NodeLook> worker =
                looks.stream().filter(look -> !look.workers().isEmpty()).findFirst();
        if (worker.isPresent()) {
            return new Whereabouts.Unknown(Message.of(
                    "migrate/proxmox.underWay",
                    guest.vmid(),
                    worker.get().node(),
                    worker.get().workers().get(0)));
        }
        Optional<NodeLook> silent =
                looks.stream().filter(look -> !look.reached()).findFirst();
        Optional<NodeLook> owner = looks.stream().filter(NodeLook::owner).findFirst();
        int processes = looks.stream().mapToInt(look -> look.processes().size()).sum();
        if (processes > 1) {
            return new Whereabouts.Duplicated(
                    Message.of("migrate/proxmox.twoProcesses", guest.vmid(), processes(looks)));
        }
        // Whoever owns the configuration and runs is the guest; a silent node cannot own it as well.
        if (owner.isPresent() && owner.get().running() && silent.isEmpty()) {
            return new Whereabouts.RunningOn(owner.get().node());
        }
        if (silent.isPresent()) {
            return new Whereabouts.Unknown(Message.of(
                    "migrate/proxmox.nodeSilent",
                    guest.vmid(),
                    silent.get().node(),
                    silent.get().complaint()));
        }
        if (owner.isEmpty()) {
            return new Whereabouts.Absent(Message.of("migrate/proxmox.onNeither", guest.vmid()));
        }
        return new Whereabouts.NotRunning(Message.of(
                owner.get().lock().isEmpty() ? "migrate/proxmox.notRunning" : "migrate/proxmox.notRunningLocked",
                guest.vmid(),
                owner.get().node(),
                owner.get().status(),
                owner.get().lock()));
    }

    /** Brings it back to life where that cannot make a second one of it. */
    Recovery recover() throws InterruptedException {
        List<Message> actions = new ArrayList<>();
        cluster.forget();
        for (String node : List.of(guest.plan().from(), guest.plan().to())) {
            untilNoWorker(node);
        }
        bringBack(actions);
        Whereabouts now = locate();
        actions.addAll(leftovers());
        return new Recovery(now, actions);
    }

    /** Unlocks and resumes it, if exactly one process of it exists, where it belongs, and nothing migrates it. */
    void bringBack(List<Message> actions) throws InterruptedException {
        List<NodeLook> looks = look();
        Optional<NodeLook> owner = looks.stream().filter(NodeLook::owner).findFirst();
        boolean all = looks.stream().allMatch(NodeLook::reached);
        boolean idle = looks.stream().allMatch(look -> look.workers().isEmpty());
        int processes = looks.stream().mapToInt(look -> look.processes().size()).sum();
        if (all
                && idle
                && owner.isPresent()
                && processes == 1
                && owner.get().processes().size() == 1) {
            bringBack(owner.get(), actions);
        }
    }

    private void bringBack(NodeLook owner, List<Message> actions) throws InterruptedException {
        if (owner.lock().equals("migrate")) {
            act(owner.node(), "unlock", actions);
        }
        // "inmigrate" waits for a stream that will not come: resuming it would start a machine without its memory.
        if (List.of("paused", "postmigrate").contains(owner.status())) {
            act(owner.node(), "resume", actions);
        }
    }

    private void act(String node, String what, List<Message> actions) throws InterruptedException {
        String command = guest.command() + " " + what + " " + guest.vmid();
        CommandResult result = cluster.run(node, command);
        actions.add(
                result.ok()
                        ? Message.of("migrate/proxmox.did", node, command)
                        : Message.of("migrate/proxmox.didNot", node, command, result.complaint()));
    }

    /** What a failed migration has left, each with what to do. */
    List<Message> leftovers() throws InterruptedException {
        List<Message> all = new ArrayList<>();
        List<NodeLook> looks = look();
        for (NodeLook look : looks) {
            if (!look.lock().isEmpty()) {
                all.add(Message.of(
                        "migrate/proxmox.leftLock", look.node(), guest.vmid(), look.lock(), guest.command()));
            }
            if (look.owner()
                    && List.of("paused", "prelaunch", "inmigrate", "postmigrate")
                            .contains(look.status())) {
                all.add(Message.of(
                        "migrate/proxmox.leftPaused",
                        look.node(),
                        guest.vmid(),
                        look.status(),
                        guest.otherThan(look.node())));
            }
            if (look.owner() && look.status().equals("stopped")) {
                all.add(Message.of(
                        "migrate/proxmox.leftStopped",
                        look.node(),
                        guest.vmid(),
                        guest.otherThan(look.node()),
                        guest.command()));
            }
            if (!look.owner() && !look.processes().isEmpty()) {
                all.add(Message.of("migrate/proxmox.leftProcess", look.node(), guest.vmid(), look.processes()));
            }
        }
        return all;
    }

    /** Waits until nothing migrates the guest any more on that node; false if something still does. */
    boolean untilNoWorker(String node) throws InterruptedException {
        return untilNoWorker(node, pace.recovery());
    }

    boolean untilNoWorker(String node, Duration longest) throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            NodeLook look = NodeLook.at(node, guest, cluster);
            if (look.reached() && look.workers().isEmpty()) {
                return true;
            }
            long since = System.nanoTime() - begun;
            if (since > (look.reached() ? longest : pace.patience()).toNanos()) {
                return false;
            }
            Thread.sleep(pace.pollAfter(Duration.ofNanos(since)).toMillis());
        }
    }

    /** Tells the worker to stop, as the web interface's Stop does. */
    static String stopScript(Guest guest) {
        return """
                ps -ww -eo pid=,args= | awk -v id=%s '
                  $2 == "task" && $3 ~ "^UPID:[^:]*:[^:]*:[^:]*:[^:]*:(qmigrate|vzmigrate):" id ":" { print $1 }
                ' | xargs -r kill -TERM
                """.formatted(guest.vmid());
    }

    private static String processes(List<NodeLook> looks) {
        List<String> all = new ArrayList<>();
        for (NodeLook look : looks) {
            if (!look.processes().isEmpty()) {
                all.add(look.node() + " " + look.processes());
            }
        }
        return String.join(", ", all);
    }
}
