package io.jenkins.plugins.livemigration.engine.acceptance;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.livemigration.engine.migrate.podman.Lab;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lab's counter service in one container, behind the floating address or with an address of its own. */
public final class LabService implements AutoCloseable {
    public static final String NAME = "counter";
    public static final int PORT = 7000;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int REPLY_MILLIS = 5_000;

    private final Lab lab;
    private final Hosts hosts;
    private boolean ownAddress;

    /** The service of that lab, which runs when it was started. */
    public LabService(Lab lab) {
        this.lab = lab;
        this.hosts = lab.connect();
    }

    /** Where clients find it. */
    public String address() {
        return ownAddress ? lab.get("LAB_NET") + ".200" : lab.get("LAB_FLOATING");
    }

    /** Starts it anew on host A, on a lab that knows nothing of what was before. */
    public void startAfresh(int memoryMegabytes, int dirtyMegabytesPerSecond) throws InterruptedException {
        ownAddress = false;
        wipe();
        require(
                Lab.A,
                "ip address replace %1$s/24 dev eth0; arping -q -c 1 -A -I eth0 %1$s; podman run -d --name %2$s --network host %3$s --port %4$s --memory-mb %5$s --dirty-mb-per-s %6$s"
                        .formatted(
                                address(), NAME, lab.get("LAB_IMAGE"), PORT, memoryMegabytes, dirtyMegabytesPerSecond));
        await().ignoreExceptions().atMost(TIMEOUT).until(() -> !ask().isEmpty());
    }

    /** The same with an address and a MAC of its own, which travel with it (macvlan). */
    public void startAfreshWithItsOwnAddress() throws InterruptedException {
        ownAddress = true;
        wipe();
        require(
                Lab.A,
                "podman run -d --name %s --network %s --mac-address 02:6c:c8:00:00:02 --ip %s %s --port %s"
                        .formatted(NAME, lab.get("LAB_MACVLAN_NETWORK"), address(), lab.get("LAB_IMAGE"), PORT));
        await().ignoreExceptions().atMost(TIMEOUT).until(() -> !ask().isEmpty());
    }

    /** Removes all that is there on both hosts. */
    public void wipe() throws InterruptedException {
        for (String host : List.of(Lab.A, Lab.B)) {
            require(host, """
                    podman rm -fa -t 0 >/dev/null 2>&1
                    ip address del %1$s/24 dev eth0 2>/dev/null
                    for table in $(nft list tables inet | sed -n 's/^table inet \\(lmb_gate.*\\)/\\1/p'); do nft delete table inet $table; done
                    iptables -F
                    for directory in /run/lmb/podman-*; do
                      [ ! -S "$directory/link" ] || ssh -o ControlPath="$directory/link" -O exit x 2>/dev/null
                    done
                    rm -rf /run/lmb /dev/shm/live-migration-benchmark
                    true
                    """.formatted(address()));
        }
    }

    /** The hosts that a process of the service runs on, one entry a process. */
    public List<String> runsOn() throws InterruptedException {
        return List.of(Lab.A, Lab.B).stream()
                .flatMap(host -> on(host, "pgrep -x counter; true").lines().map(pid -> host))
                .toList();
    }

    /** What should not be there when nothing is under way: archives, records, gates, CRIU's rules, dead containers. */
    public String leftovers() {
        StringBuilder all = new StringBuilder();
        for (String host : List.of(Lab.A, Lab.B)) {
            all.append(on(host, """
                            find /dev/shm/live-migration-benchmark -mindepth 1 2>/dev/null
                            find /run/lmb -name record -o -name stages -o -name link
                            nft list tables inet | grep lmb_gate
                            iptables-save | grep 0xc114
                            podman ps -a --format '{{.Names}} {{.State}}' | grep -v running
                            grep -H . /run/lmb/leases/*-* 2>/dev/null
                            true
                            """));
        }
        return all.toString();
    }

    /** Whether a host drops packets to the service now. */
    boolean gateClosed(String host) {
        return on(
                        host,
                        "for t in $(nft list tables inet | sed -n 's/^table inet \\(lmb_gate.*\\)/\\1/p'); do nft list table inet $t; done")
                .contains("elements");
    }

    /** Asks over a new connection and returns what the service says of itself. */
    public Map<String, String> ask() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address(), PORT), REPLY_MILLIS);
            socket.setSoTimeout(REPLY_MILLIS);
            socket.getOutputStream().write("ask\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return state(in.readLine());
        }
    }

    /** The words {@code key=value} of an answer. */
    static Map<String, String> state(String line) throws IOException {
        if (line == null) {
            throw new IOException("the connection was closed without an answer");
        }
        Map<String, String> state = new HashMap<>();
        for (String word : line.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                state.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return state;
    }

    /** Runs a command on a host and returns what it printed, whatever its end. */
    String on(String host, String command) {
        try {
            return hosts.host(host).run(command, TIMEOUT).out();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void require(String host, String command) throws InterruptedException {
        CommandResult result = hosts.host(host).run(command, TIMEOUT);
        if (!result.ok()) {
            throw new IllegalStateException(host + ": " + command + ": " + result.complaint());
        }
    }

    @Override
    public void close() {
        hosts.close();
    }
}
