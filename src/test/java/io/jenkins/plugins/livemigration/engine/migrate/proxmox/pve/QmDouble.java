package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import io.jenkins.plugins.livemigration.engine.remote.ClockOffset;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import io.jenkins.plugins.livemigration.engine.remote.Reachability;
import io.jenkins.plugins.livemigration.engine.remote.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A double of two nodes as root sees them over SSH: the driver's own shell text runs in a real shell, but finds a {@code qm},
 * {@code ps}, {@code ssh}, {@code pveversion} and {@code pvesh} that play a cluster whose state is in files. It moves no guest.
 * The entry host is called {@code pve1} and is the node {@code sabda}; {@code yagra} is reached from there only.
 */
public final class QmDouble implements Hosts {
    private static final String QM = """
            #!/bin/sh
            what=$1; vmid=$2; target=$3
            case $(basename "$0") in pct) kind=lxc ;; *) kind=qemu-server ;; esac
            conf=$LMB_DOUBLE/etc/nodes/$NODE/$kind/$vmid.conf
            echo "$NODE $(basename "$0") $*" >> "$LMB_DOUBLE/calls"
            [ -e "$conf" ] || { echo "Configuration file 'nodes/$NODE/$kind/$vmid.conf' does not exist" >&2; exit 255; }
            unlocked() { sed '1{/^lock:/d}' "$conf" > "$conf.new"; mv "$conf.new" "$conf"; }
            case $what in
              status) cat "$LMB_DOUBLE/status" ;;
              unlock) unlocked ;;
              resume) printf 'status: running\\nqmpstatus: running\\n' > "$LMB_DOUBLE/status" ;;
              migrate)
                lock=$(sed -n '1s/^lock: *//p' "$conf")
                [ -z "$lock" ] || { echo "VM is locked ($lock)" >&2; exit 255; }
                printf 'lock: migrate\\n%s\\n' "$(cat "$conf")" > "$conf.new"; mv "$conf.new" "$conf"
                cp "$LMB_DOUBLE/ps.$NODE" "$LMB_DOUBLE/ps.before"
                echo "$$ task UPID:$NODE:0002B1C4:0038D96F:6906CD7B:$([ $kind = lxc ] && echo vz || echo q)migrate:$vmid:root@pam:" >> "$LMB_DOUBLE/ps.$NODE"
                stopped() {
                  echo "2025-06-01 10:00:05 ERROR: online migrate failure - interrupted by signal"
                  echo "2025-06-01 10:00:05 aborting phase 2 - cleanup resources"
                  echo "2025-06-01 10:00:08 ERROR: migration finished with problems (duration 00:00:08)"
                  unlocked; mv "$LMB_DOUBLE/ps.before" "$LMB_DOUBLE/ps.$NODE"
                  echo "migration problems" >&2; exit 255
                }
                trap stopped TERM
                cat "$LMB_DOUBLE/log"
                case $(cat "$LMB_DOUBLE/course") in
                  works)
                    unlocked; mv "$conf" "$LMB_DOUBLE/etc/nodes/$target/$kind/"
                    mv "$LMB_DOUBLE/ps.before" "$LMB_DOUBLE/ps.$target"; : > "$LMB_DOUBLE/ps.$NODE" ;;
                  fails)
                    unlocked; mv "$LMB_DOUBLE/ps.before" "$LMB_DOUBLE/ps.$NODE"
                    echo "migration problems" >&2; exit 255 ;;
                  killed)
                    mv "$LMB_DOUBLE/ps.before" "$LMB_DOUBLE/ps.$NODE"; exit 137 ;;
                  hangs) while :; do sleep 0.05; done ;;
                esac ;;
            esac
            """;
    private static final String SSH = """
            #!/bin/sh
            for word; do case $word in HostKeyAlias=*) NODE=${word#*=} ;; esac; last=$word; done
            [ -e "$LMB_DOUBLE/offline.$NODE" ] && { echo "ssh: connect to host $NODE port 22: No route to host" >&2; exit 255; }
            export NODE
            exec sh -c "$last"
            """;

    /** What it answers to a question is in a file, by the question's path with dots, or what a healthy cluster says. */
    private static final String PVESH = """
            #!/bin/sh
            path=$2
            echo "$NODE pvesh $*" >> "$LMB_DOUBLE/calls"
            answer=$LMB_DOUBLE/pvesh$(echo "$path" | tr / .)
            [ -e "$answer" ] && exec cat "$answer"
            case $path in
              */qemu/*/migrate) cat "$LMB_DOUBLE/preconditions" ;;
              /cluster/replication|/cluster/backup) echo '[]' ;;
              /cluster/options) echo '{}' ;;
              */apt/versions) echo '[{"Package":"pve-qemu-kvm","OldVersion":"9.2.0-5"}]' ;;
              /cluster/resources) echo '[{"vmid":100,"node":"sabda","pool":"production"}]' ;;
              */storage) echo '[{"storage":"'"$4"'","active":1,"enabled":1,"content":"rootdir,images"}]' ;;
              */migrate|*/capabilities/*) echo "No 'get' handler defined for '$path'" >&2; exit 255 ;;
              *) echo "no such resource" >&2; exit 255 ;;
            esac
            """;

    private final Path folder;
    private final Entry entry;

    public QmDouble(Path folder, PveRelease release) throws IOException {
        this.folder = folder;
        for (String node : List.of("sabda", "yagra")) {
            Files.createDirectories(folder.resolve("etc/nodes/" + node + "/qemu-server"));
            Files.createDirectories(folder.resolve("etc/nodes/" + node + "/lxc"));
            write("ps." + node, "");
        }
        Files.createDirectories(folder.resolve("bin"));
        program("qm", QM);
        program("pct", QM);
        program("ssh", SSH);
        program("ps", "#!/bin/sh\ncat \"$LMB_DOUBLE/ps.$NODE\"\n");
        program("pveversion", "#!/bin/sh\necho pve-manager/" + release.version() + "/abcdef\n");
        program("pvesh", PVESH);
        write("etc/.members", """
                {"nodename": "sabda", "version": 4,
                 "cluster": {"name": "lab", "version": 2, "nodes": 2, "quorate": 1},
                 "nodelist": {"sabda": {"id": 1, "online": 1, "ip": "192.0.2.11"},
                              "yagra": {"id": 2, "online": 1, "ip": "192.0.2.12"}}}
                """);
        write("etc/nodes/sabda/qemu-server/100.conf", "cores: 2\n[snapshot]\nlock: not ours\n");
        write("ps.sabda", "4242 /usr/bin/kvm -id 100 -name game\n4243 /usr/bin/kvm -id 1001 -name other\n");
        write("status", "cpus: 2\nqmpstatus: running\nstatus: running\n");
        write(
                "preconditions",
                "{\"running\":1,\"local_disks\":[],\"local_resources\":[]"
                        + (release.carriesConnections() ? ",\"has-dbus-vmstate\":1}" : "}"));
        if (release.carriesConnections()) {
            write("pvesh.nodes.sabda.capabilities.qemu.migration", "{\"has-dbus-vmstate\":1}");
            write("pvesh.nodes.yagra.capabilities.qemu.migration", "{\"has-dbus-vmstate\":1}");
        }
        write("log", String.join("\n", release.log(100, "yagra", false)) + "\n");
        write("course", "works");
        entry = new Entry();
    }

    /** Puts a file of the double's state in place. */
    public void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    public String read(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** The files of leases that are on the nodes, apart from the one that orders who takes them. */
    public List<Path> leases() throws IOException {
        Path leases = folder.resolve("run");
        if (!Files.exists(leases)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(leases)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith("lock"))
                    .toList();
        }
    }

    private void program(String name, String text) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Override
    public Host host(String name) {
        if (!name.equals("pve1")) {
            throw new IllegalArgumentException(name);
        }
        return entry;
    }

    @Override
    public Collection<Host> all() {
        return List.of(entry);
    }

    @Override
    public void close() {
        entry.close();
    }

    private final class Entry implements Host {
        private final LocalHost shell = new LocalHost("pve1");

        private String inside(String command) {
            return "export LMB_DOUBLE='" + folder + "' NODE=${NODE:-sabda} PATH='" + folder.resolve("bin") + "':$PATH\n"
                    + command.replace("/etc/pve", folder.resolve("etc").toString())
                            .replace("/run/lmb", folder.resolve("run").toString());
        }

        @Override
        public String name() {
            return "pve1";
        }

        @Override
        public CommandResult run(String command, Duration timeout) throws InterruptedException {
            return shell.run(inside(command), timeout);
        }

        @Override
        public CommandResult run(String command, InputStream standardInput, Duration timeout)
                throws InterruptedException {
            return shell.run(inside(command), standardInput, timeout);
        }

        @Override
        public RunningCommand start(String command, Consumer<String> lines) {
            return shell.start(inside(command), lines);
        }

        @Override
        public Reachability probe(Duration timeout) throws InterruptedException {
            try {
                return read("offline.sabda").isEmpty()
                        ? shell.probe(timeout)
                        : new Reachability.Unreached(Reachability.Cause.NO_ROUTE, "No route to host");
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public Optional<ClockOffset> clockOffset(Duration timeout) {
            return shell.clockOffset(timeout);
        }

        @Override
        public void close() {
            shell.close();
        }
    }
}
