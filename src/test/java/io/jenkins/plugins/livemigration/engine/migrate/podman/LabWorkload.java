package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import java.time.Duration;
import java.util.List;

/** The counter service in the lab, as a test wants it: which containers, which runtime, which way to clients. */
final class LabWorkload {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final String STAGING = "/dev/shm/lmb-test";

    private final Lab lab;
    private final Hosts hosts;
    private final boolean macvlan;

    LabWorkload(Lab lab, Hosts hosts, boolean macvlan) {
        this.lab = lab;
        this.hosts = hosts;
        this.macvlan = macvlan;
    }

    /** Where clients find it. */
    String address() {
        return macvlan ? lab.get("LAB_NET") + ".200" : lab.get("LAB_FLOATING");
    }

    PodmanPlan plan(PodmanPlan.Strategy strategy, List<String> containers, List<String> volumes) {
        return plan(strategy, containers, volumes, true);
    }

    PodmanPlan plan(PodmanPlan.Strategy strategy, List<String> containers, List<String> volumes, boolean gate) {
        return plan(strategy, containers, volumes, gate, "none");
    }

    PodmanPlan plan(PodmanPlan.Strategy strategy, List<String> containers, List<String> volumes, String compression) {
        return plan(strategy, containers, volumes, true, compression);
    }

    private PodmanPlan plan(
            PodmanPlan.Strategy strategy,
            List<String> containers,
            List<String> volumes,
            boolean gate,
            String compression) {
        DriverPlan.Traffic traffic = macvlan
                ? new DriverPlan.Traffic.Macvlan()
                : new DriverPlan.Traffic.FloatingAddress(lab.get("LAB_FLOATING") + "/24", "eth0");
        return plan(strategy, containers, volumes, gate, compression, traffic);
    }

    /** With the default strategy, and this way to clients. */
    PodmanPlan plan(List<String> containers, DriverPlan.Traffic traffic) {
        return plan(PodmanPlan.Strategy.STOP_AND_COPY, containers, List.of(), true, "none", traffic);
    }

    private static PodmanPlan plan(
            PodmanPlan.Strategy strategy,
            List<String> containers,
            List<String> volumes,
            boolean gate,
            String compression,
            DriverPlan.Traffic traffic) {
        return new PodmanPlan(Lab.A, Lab.B, containers, strategy, compression, STAGING, volumes, traffic, gate, 3);
    }

    /** Removes whatever is there on both hosts, as if nothing had ever been. */
    void wipe() throws InterruptedException {
        for (String host : List.of(Lab.A, Lab.B)) {
            on(host, """
                    podman rm -fa -t 0 >/dev/null 2>&1
                    ! mountpoint -q %2$s || umount %2$s
                    ip address del %1$s/24 dev eth0 2>/dev/null
                    for table in $(nft list tables inet 2>/dev/null | sed -n 's/^table inet \\(lmb_gate.*\\)/\\1/p'); do nft delete table inet $table; done
                    iptables -F 2>/dev/null
                    for directory in /run/lmb/podman-*; do
                      [ ! -S "$directory/link" ] || ssh -o ControlPath="$directory/link" -O exit x 2>/dev/null
                    done
                    rm -rf /run/lmb %2$s /srv/data/*
                    true
                    """.formatted(lab.get("LAB_FLOATING"), STAGING));
        }
    }

    /** Starts one container on host A. */
    void start(String name, int port, String runtime, String arguments) throws InterruptedException {
        String network = macvlan
                ? "--network " + lab.get("LAB_MACVLAN_NETWORK") + " --mac-address 02:6c:c8:00:00:01 --ip " + address()
                : "--network host";
        String floating = macvlan
                ? ":"
                : "ip address replace %s/24 dev eth0; arping -q -c 1 -A -I eth0 %s"
                        .formatted(lab.get("LAB_FLOATING"), lab.get("LAB_FLOATING"));
        require(
                Lab.A,
                "%1$s; podman run -d --runtime %2$s --name %3$s %4$s -v /srv/data:/data %5$s --port %6$s %7$s"
                        .formatted(floating, runtime, name, network, lab.get("LAB_IMAGE"), port, arguments));
    }

    /** Cuts a host's link, or mends it. */
    void link(String host, boolean up) throws InterruptedException {
        String device = lab.get("LAB_NAME") + (host.equals(Lab.A) ? "-a" : "-b");
        CommandResult result = new LocalHost("here").run("ip link set " + device + (up ? " up" : " down"), TIMEOUT);
        if (!result.ok()) {
            throw new IllegalStateException(result.complaint());
        }
    }

    /** Kills every SSH session on {@code host} that comes from this address, as a crash or a firewall would. */
    void cutSessions(String host, String from) {
        try (Hosts own = lab.connect()) {
            own.host(host)
                    .run(
                            "nohup sh -c 'kill -9 $(ss -Htnp state established sport = :22 dst %s | grep -o pid=[0-9]* | cut -d= -f2 | sort -u)' >/dev/null 2>&1 &"
                                    .formatted(from),
                            TIMEOUT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    CommandResult on(String host, String command) throws InterruptedException {
        return hosts.host(host).run(command, TIMEOUT);
    }

    String require(String host, String command) throws InterruptedException {
        CommandResult result = on(host, command);
        if (!result.ok()) {
            throw new IllegalStateException(host + ": " + command + ": " + result.complaint());
        }
        return result.out();
    }

    /** How many processes of the service run in the whole lab. */
    int processes() throws InterruptedException {
        int count = 0;
        for (String host : List.of(Lab.A, Lab.B)) {
            count += Integer.parseInt(on(host, "pgrep -xc counter; true").out().strip());
        }
        return count;
    }

    /** What should not be there when nothing is under way: archives, records, gates, CRIU's rules, memory. */
    String leftovers() throws InterruptedException {
        StringBuilder all = new StringBuilder();
        for (String host : List.of(Lab.A, Lab.B)) {
            all.append(on(host, """
                            find %s -mindepth 1 2>/dev/null
                            find /run/lmb -name record -o -name stages -o -name link
                            nft list tables inet | grep lmb_gate
                            iptables-save | grep 0xc114
                            podman ps -a --format '{{.Names}} {{.State}}' | grep -v running
                            find /var/lib/containers/storage -name 'lmb_gate*' -o -path '*/userdata/checkpoint'
                            true
                            """.formatted(STAGING)).out());
        }
        return all.toString();
    }
}
