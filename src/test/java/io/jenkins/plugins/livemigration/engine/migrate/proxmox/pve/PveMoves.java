package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster.Course;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The migrations of the cluster's guest, each a task that takes the course that the test wants. */
final class PveMoves {
    private static final String CONNECTIONS_DROPPED =
            "conntrack state migration not supported or disabled, active connections might get dropped";
    private static final List<String> CONNECTIONS_MOVED = List.of(
            "2025-06-01 10:00:51 migrated 3 conntrack state entries",
            "2025-06-01 10:00:51 flushing conntrack state for guest on source node");

    private final PveCluster cluster;
    private final Map<String, PveTask> tasks = new LinkedHashMap<>();
    private int lastPid = 0x1000;
    private int haRounds = -1;
    private int startRounds = -1;

    PveMoves(PveCluster cluster) {
        this.cluster = cluster;
    }

    Collection<PveTask> tasks() {
        return tasks.values();
    }

    Optional<PveTask> task(String upid) {
        return Optional.ofNullable(tasks.get(upid));
    }

    /** Asks the HA manager for a migration, which it begins some time later. */
    PveTask ask(String from, String to, String user) {
        haRounds = 2;
        return task(
                from,
                "hamigrate",
                user,
                List.of("Requesting HA migration for VM " + cluster.vmid + " to node " + to),
                "OK",
                () -> {});
    }

    /** The HA manager works in rounds: some time after the request it begins the real migration, as root@pam. */
    void haRound() {
        if (startRounds > 0 && --startRounds == 0) {
            containerRuns(cluster.node);
        }
        if (haRounds > 0 && --haRounds == 0) {
            // Its parameters are its own, whatever was asked for: PVE/HA/Resources/PVEVM.pm.
            PveTask real = begin(
                    cluster.node,
                    cluster.node.equals("sabda") ? "yagra" : "sabda",
                    "root@pam",
                    Map.of("online", "1", "force", "1", "with-local-disks", "1"));
            real.log.add("task started by HA resource agent");
        }
    }

    /** Begins a migration. */
    PveTask begin(String from, String to, String user, Map<String, String> form) {
        cluster.lock = "migrate";
        cluster.process(to, cluster.type.equals("lxc") ? "" : "inmigrate");
        if (cluster.mover.isPresent()) {
            return realWork(cluster.mover.get(), from, to, user);
        }
        if (cluster.type.equals("lxc")) {
            return container(from, to, user);
        }
        boolean disks = form.containsKey("with-local-disks") && !(cluster.haManaged && cluster.localDisks.isEmpty());
        boolean connections = form.containsKey("with-conntrack-state");
        List<String> works = new ArrayList<>(cluster.release.log(cluster.vmid, to, disks));
        works.replaceAll(line -> line.replace("downtime 57 ms", "downtime " + cluster.downtimeMillis + " ms"));
        if (cluster.release.carriesConnections() && !connections) {
            works.add(0, "2025-06-01 10:00:00 " + CONNECTIONS_DROPPED);
        }
        List<String> half = List.copyOf(works.subList(0, works.size() - (cluster.release == PveRelease.V7_4 ? 3 : 4)));
        if (connections) {
            works.addAll(works.size() - 1, CONNECTIONS_MOVED);
        }
        List<String> script = new ArrayList<>(works);
        String exit = "OK";
        Runnable effect = () -> {
            cluster.process(from, "");
            cluster.process(to, "running");
            cluster.node = to;
            cluster.lock = "";
        };
        if (connections && !cluster.carriers.contains(to)) {
            script = new ArrayList<>(works.subList(0, 2));
            script.add("2025-06-01 10:00:02 [" + to + "] Unknown option: with-conntrack-state");
            script.addAll(failing("remote command failed with exit code 255"));
            return task(from, "qmigrate", user, script, "migration problems", () -> {
                cluster.process(to, "");
                cluster.lock = "";
            });
        }
        switch (cluster.course) {
            case WORKS, WORKS_WITH_WARNINGS -> exit = cluster.course == Course.WORKS ? "OK" : "WARNINGS: 1";
            case CONVERGES_LATE ->
                script.addAll(
                        half.size(),
                        List.of(
                                "2025-06-01 10:00:44 migration active, transferred 2.1 GiB of 2.0 GiB VM-state, 112.0 MiB/s, VM dirties lots of memory: 140.5 MiB/s",
                                "2025-06-01 10:00:45 auto-increased downtime to continue migration: 200 ms",
                                "2025-06-01 10:00:46 auto-increased downtime to continue migration: 400 ms"));
            case HANGS, HANGS_FOR_EVER -> script = new ArrayList<>(half);
            case TARGET_TOO_OLD -> {
                script = new ArrayList<>(works.subList(0, 2));
                script.add("2025-06-01 10:00:02 [" + to
                        + "] Installed QEMU version '8.1.2' is too old to run machine type 'pc-i440fx-9.0+pve0', please upgrade node '"
                        + to + "'");
                script.addAll(failing("remote command failed with exit code 255"));
                exit = "migration problems";
                effect = () -> {
                    cluster.process(to, "");
                    cluster.lock = "";
                };
            }
            case TARGET_DIES -> {
                script = new ArrayList<>(half);
                script.add(
                        "2025-06-01 10:00:47 migration status error: failed - Unable to write to socket: Broken pipe");
                script.addAll(failing("aborting"));
                exit = "migration problems";
                effect = () -> {
                    cluster.process(to, "");
                    cluster.lock = "";
                    cluster.nodes.put(to, false);
                };
            }
            case TASK_KILLED -> {
                script = new ArrayList<>(half);
                exit = "unexpected status";
                effect = () -> cluster.orphans.add("local-lvm:vm-" + cluster.vmid + "-disk-0");
            }
            case RESUME_FAILS -> {
                script.set(script.size() - 1, "2025-06-01 10:00:49 ERROR: VM " + cluster.vmid + " not running");
                script.add("2025-06-01 10:00:52 ERROR: migration finished with problems (duration 00:00:52)");
                exit = "migration problems";
                effect = () -> {
                    cluster.process(from, "");
                    cluster.process(to, "paused");
                    cluster.node = to;
                    cluster.qmpstatus = "paused";
                    cluster.lock = "";
                };
            }
            default -> throw new IllegalStateException();
        }
        PveTask task = task(from, "qmigrate", user, script, exit, effect);
        if (cluster.course == Course.HANGS || cluster.course == Course.HANGS_FOR_EVER) {
            task.hang();
        }
        return task;
    }

    private PveTask realWork(Mover who, String from, String to, String user) {
        Mover.Move move = who.begin(from, to);
        PveTask task = task(from, "qmigrate", user, List.of(), "", () -> {
            boolean arrived = move.exitStatus().orElse("").equals("OK");
            cluster.process(arrived ? from : to, "");
            cluster.process(arrived ? to : from, "running");
            cluster.node = arrived ? to : from;
            cluster.lock = "";
        });
        task.follow(move);
        return task;
    }

    private static List<String> failing(String reason) {
        return List.of(
                "2025-06-01 10:00:47 ERROR: online migrate failure - " + reason,
                "2025-06-01 10:00:47 aborting phase 2 - cleanup resources",
                "2025-06-01 10:00:47 migrate_cancel",
                "2025-06-01 10:00:50 ERROR: migration finished with problems (duration 00:00:50)");
    }

    /** A container is shut down, copied and started again; if the copying fails it is started where it was. */
    private PveTask container(String from, String to, String user) {
        cluster.process(from, "");
        cluster.status = "stopped";
        if (cluster.haManaged) {
            return relocation(from, to, user);
        }
        List<String> script = new ArrayList<>(List.of(
                "2025-06-01 10:00:00 shutdown CT " + cluster.vmid,
                "2025-06-01 10:00:04 starting migration of CT " + cluster.vmid + " to node '" + to + "' (192.0.2.12)"));
        String exit = "OK";
        Runnable effect = () -> containerRuns(to);
        switch (cluster.course) {
            case TARGET_DIES -> {
                script.addAll(containerStays("storage migration for 'local-lvm:vm-100-disk-0' failed - exit code 255"));
                exit = "migration aborted";
                effect = () -> containerRuns(from);
            }
            case RESUME_FAILS -> {
                script.add("2025-06-01 10:00:31 start final cleanup");
                script.add("2025-06-01 10:00:32 start container on target node");
                script.add("2025-06-01 10:00:33 ERROR: startup for container '" + cluster.vmid + "' failed");
                script.add("2025-06-01 10:00:33 ERROR: migration finished with problems (duration 00:00:33)");
                exit = "migration problems";
                effect = () -> {
                    cluster.node = to;
                    cluster.lock = "";
                };
            }
            case TASK_KILLED -> {
                exit = "unexpected status";
                effect = () -> cluster.orphans.add("local-lvm:vm-" + cluster.vmid + "-disk-0");
            }
            default ->
                script.addAll(List.of(
                        "2025-06-01 10:00:31 start final cleanup",
                        "2025-06-01 10:00:32 start container on target node",
                        "2025-06-01 10:00:35 migration finished successfully (duration 00:00:35)"));
        }
        PveTask task = task(from, "vzmigrate", user, script, exit, effect);
        if (cluster.course == Course.HANGS) {
            task.hang();
        }
        return task;
    }

    /** The HA manager has shut a container down before it moves it, and starts it some rounds later: PVE/HA/Resources/PVECT.pm. */
    private PveTask relocation(String from, String to, String user) {
        List<String> script = List.of(
                "2025-06-01 10:00:04 starting migration of CT " + cluster.vmid + " to node '" + to + "' (192.0.2.12)",
                "2025-06-01 10:00:31 start final cleanup",
                "2025-06-01 10:00:32 migration finished successfully (duration 00:00:28)");
        return task(from, "vzmigrate", user, script, "OK", () -> {
            cluster.node = to;
            cluster.lock = "";
            startRounds = 3;
        });
    }

    private void containerRuns(String on) {
        cluster.process(on, "running");
        cluster.status = "running";
        cluster.node = on;
        cluster.lock = "";
    }

    private static List<String> containerStays(String reason) {
        return List.of(
                "2025-06-01 10:00:09 ERROR: " + reason,
                "2025-06-01 10:00:09 aborting phase 1 - cleanup resources",
                "2025-06-01 10:00:09 start final cleanup",
                "2025-06-01 10:00:09 start container on source node",
                "2025-06-01 10:00:12 ERROR: migration aborted (duration 00:00:12): " + reason);
    }

    /** Ends a task, unless nobody can. */
    void interrupt(PveTask task) {
        if (task.interrupt() || cluster.course == Course.HANGS_FOR_EVER || task.stopped()) {
            return;
        }
        if (cluster.type.equals("lxc")) {
            task.log.addAll(containerStays("received interrupt"));
            containerRuns(task.node);
            task.end("migration aborted");
            return;
        }
        task.log.addAll(failing("interrupted by signal"));
        cluster.process(cluster.node.equals("sabda") ? "yagra" : "sabda", "");
        cluster.lock = "";
        task.end("migration problems");
    }

    private PveTask task(String on, String kind, String user, List<String> script, String exit, Runnable effect) {
        long now = Instant.now().getEpochSecond() - cluster.secondsBehind;
        String upid = String.format(
                Locale.ROOT, "UPID:%s:%08X:0038D96F:%08X:%s:%d:%s:", on, ++lastPid, now, kind, cluster.vmid, user);
        PveTask task = new PveTask(upid, on, kind, user, now, script, exit, effect);
        tasks.put(upid, task);
        return task;
    }
}
