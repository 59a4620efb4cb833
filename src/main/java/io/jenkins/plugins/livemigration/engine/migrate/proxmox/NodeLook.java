package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one node shows of the guest.
 *
 * @param reached false if the node could not be asked; everything else is then empty
 * @param owner whether the guest's configuration belongs to this node
 * @param lock of the configuration, empty for none
 * @param status what {@code qm status --verbose} says of the machine's inside, for containers of the container: {@code
 *     running}, {@code paused}, {@code stopped}
 * @param processes QEMU processes of the guest, or a container's first process
 * @param workers tasks that migrate it
 */
record NodeLook(
        String node,
        boolean reached,
        boolean owner,
        String lock,
        String status,
        List<Integer> processes,
        List<String> workers,
        String complaint) {
    NodeLook {
        processes = List.copyOf(processes);
        workers = List.copyOf(workers);
    }

    /** Asks the node. */
    static NodeLook at(String node, Guest guest, ClusterHosts cluster) throws InterruptedException {
        CommandResult result = cluster.run(node, script(node, guest));
        if (!result.ok()) {
            return new NodeLook(node, false, false, "", "", List.of(), List.of(), result.complaint());
        }
        String lock = "";
        String status = "";
        String inside = "";
        boolean owner = false;
        List<Integer> processes = new ArrayList<>();
        List<String> workers = new ArrayList<>();
        for (String line : result.out().lines().toList()) {
            Optional<String> value =
                    Optional.of(line.substring(line.indexOf(' ') + 1).strip());
            if (line.equals("lmb-owner")) {
                owner = true;
            } else if (line.startsWith("lmb-lock ")) {
                lock = value.get();
            } else if (line.startsWith("lmb-process ") && value.get().matches("[0-9]{1,9}")) {
                processes.add(Integer.parseInt(value.get()));
            } else if (line.startsWith("lmb-worker ")) {
                workers.add(value.get());
            } else if (line.startsWith("status: ")) {
                status = value.get();
            } else if (line.startsWith("qmpstatus: ")) {
                inside = value.get();
            }
        }
        return new NodeLook(node, true, owner, lock, inside.isEmpty() ? status : inside, processes, workers, "");
    }

    /** Whether the guest runs here as it should. */
    boolean running() {
        return owner && status.equals("running");
    }

    private static String script(String node, Guest guest) {
        String folder = guest.container() ? "lxc" : "qemu-server";
        // A node's name and a number need no quoting: the plan allows nothing else.
        return """
                export LC_ALL=C
                conf=/etc/pve/nodes/%1$s/%2$s/%3$s.conf
                if [ -e "$conf" ]; then
                  echo lmb-owner
                  sed -n '/^\\[/q; s/^lock: */lmb-lock /p' "$conf"
                  %4$s status %3$s --verbose 2>/dev/null | grep -E '^(status|qmpstatus): '
                fi
                ps -ww -eo pid=,args= | awk -v id=%3$s '
                  $2 ~ /(kvm|qemu-system-[a-z0-9_]+)$/ { for (i = 3; i < NF; i++) if ($i == "-id" && $(i+1) == id) print "lmb-process " $1 }
                  $2 ~ /lxc-start$/ { for (i = 3; i < NF; i++) if ($i == "-n" && $(i+1) == id) print "lmb-process " $1 }
                  $2 == "task" && $3 ~ "^UPID:[^:]*:[^:]*:[^:]*:[^:]*:(qmigrate|vzmigrate):" id ":" { print "lmb-worker " $3 }
                '
                exit 0
                """.formatted(node, folder, guest.vmid(), guest.command());
    }
}
