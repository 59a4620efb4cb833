package io.jenkins.plugins.livemigration.engine.migrate;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Keeps leases in files on the workload's hosts, under {@code /run/lmb/leases} (for users other than root: in their own
 * runtime directory, which only their own runs see). A lease is taken on all hosts, in one order that is the same for
 * everybody, or on none. Expiry goes by each host's own clock.
 *
 * <p>A workload can be made of several things that others might move alone (containers): it has one key for each, and the
 * lease is taken on all of them. On a host, taking is atomic: it happens under a lock of the kernel's, which dies with its
 * holder ({@code flock} of util-linux).
 */
public final class HostLeaseStore implements LeaseStore {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int REFUSED = 10;
    private static final int LOST = 11;
    private static final int HASH_BYTES = 8;

    /** Where leases are kept. */
    private static final String DIRECTORY =
            "if [ \"$(id -u)\" = 0 ]; then dir=/run/lmb/leases; else dir=${XDG_RUNTIME_DIR:-/tmp}/lmb-leases-$(id -u); fi";

    /** The host's clock, and how a holder is printed. */
    private static final String REPORT = """
            now=$(date +%s)
            report() {
              echo "holder $now $(sed -n 's/^expires=//p' "$1") $(sed -n 's/^owner=//p' "$1")"
            }
            """;

    private final List<Host> hosts;
    private final List<String> keys;

    /** Leases on these keys, kept on these hosts. */
    public HostLeaseStore(Collection<Host> hosts, Collection<String> keys) {
        this.hosts = hosts.stream().sorted(Comparator.comparing(Host::name)).toList();
        this.keys = List.copyOf(new TreeSet<>(keys));
    }

    @Override
    public Attempt acquire(String owner, Duration validity) throws InterruptedException {
        String token = UUID.randomUUID().toString();
        List<Host> taken = new ArrayList<>();
        for (Host host : hosts) {
            CommandResult result = run(host, acquireScript(token, owner, validity));
            if (result.ok()) {
                taken.add(host);
                continue;
            }
            // A command whose end is unknown may have taken it.
            taken.add(host);
            for (Host each : taken) {
                run(each, releaseScript(token));
            }
            if (result instanceof CommandResult.Ended ended && ended.exitCode() == REFUSED) {
                List<Holder> holders = parse(host, result.out());
                if (!holders.isEmpty()) {
                    return new Refused(holders.get(0));
                }
            }
            return new Impossible(host.name() + ": " + result.complaint());
        }
        return new Held(token);
    }

    @Override
    public boolean renew(Held lease, Duration validity) throws InterruptedException {
        boolean all = true;
        for (Host host : hosts) {
            CommandResult result = run(host, renewScript(lease.token(), validity));
            boolean lost = result instanceof CommandResult.Ended ended && ended.exitCode() == LOST;
            // A host that cannot be reached now keeps the lease until it expires.
            all &= !lost;
        }
        return all;
    }

    /** A host whose line has just dropped is asked once more: until the lease expires, everybody else would have to wait. */
    @Override
    public Optional<String> release(Held lease) throws InterruptedException {
        List<String> kept = new ArrayList<>();
        for (Host host : hosts) {
            CommandResult result = run(host, releaseScript(lease.token()));
            if (!result.ok()) {
                result = run(host, releaseScript(lease.token()));
            }
            if (!result.ok()) {
                kept.add(host.name() + ": " + result.complaint());
            }
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", kept));
    }

    @Override
    public List<Holder> holders() throws InterruptedException {
        List<Holder> all = new ArrayList<>();
        for (Host host : hosts) {
            all.addAll(parse(host, run(host, reading(show())).out()));
        }
        return all;
    }

    @Override
    public List<Holder> breakLease() throws InterruptedException {
        List<Holder> all = new ArrayList<>();
        for (Host host : hosts) {
            all.addAll(parse(
                    host,
                    run(host, locked(show() + "rm -f -- " + files() + "\n")).out()));
        }
        return all;
    }

    private static CommandResult run(Host host, String script) throws InterruptedException {
        return host.run("LC_ALL=C exec sh -c " + quote(script), TIMEOUT);
    }

    private String acquireScript(String token, String owner, Duration validity) {
        return locked("""
                for file in %1$s; do
                  [ -s "$file" ] || continue
                  expires=$(sed -n 's/^expires=//p' "$file")
                  [ "$expires" -gt "$now" ] || continue
                  report "$file"
                  exit %2$s
                done
                for file in %1$s; do
                  printf 'token=%%s\\nexpires=%%s\\nowner=%%s\\n' %3$s $((now + %4$s)) %5$s > "$file.new" && mv "$file.new" "$file" || exit 1
                done
                """.formatted(files(), REFUSED, quote(token), validity.toSeconds(), quote(oneLine(owner))));
    }

    private String renewScript(String token, Duration validity) {
        return locked("""
                for file in %1$s; do
                  [ "$(sed -n 's/^token=//p' "$file" 2>/dev/null)" = %2$s ] || exit %3$s
                done
                for file in %1$s; do
                  sed "s/^expires=.*/expires=$((now + %4$s))/" "$file" > "$file.new" && mv "$file.new" "$file" || exit 1
                done
                """.formatted(files(), quote(token), LOST, validity.toSeconds()));
    }

    private String releaseScript(String token) {
        return locked("""
                for file in %s; do
                  [ "$(sed -n 's/^token=//p' "$file" 2>/dev/null)" != %s ] || rm -f -- "$file"
                done
                """.formatted(files(), quote(token)));
    }

    private String show() {
        return "for file in " + files() + "; do [ ! -s \"$file\" ] || report \"$file\"; done\n";
    }

    /** The frame of a script that takes or gives. */
    private static String locked(String body) {
        return """
                umask 077
                %s
                mkdir -p "$dir" && cd "$dir" || exit 1
                command -v flock >/dev/null || { echo 'flock (util-linux) is missing' >&2; exit 1; }
                exec 9>lock
                flock -w 10 9 || { echo 'the lock is held' >&2; exit 1; }
                """.formatted(DIRECTORY) + REPORT + body;
    }

    /** The frame of a script that only looks, and leaves no trace. */
    private static String reading(String body) {
        return """
                %s
                cd "$dir" 2>/dev/null && [ -e lock ] || exit 0
                exec 9<lock
                flock -s -w 10 9 || { echo 'the lock is held' >&2; exit 1; }
                """.formatted(DIRECTORY) + REPORT + body;
    }

    private String files() {
        return keys.stream()
                .map(HostLeaseStore::fileName)
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
    }

    /** Letters for people, and a hash, since keys may be long or differ only in characters that file names lack. */
    private static String fileName(String key) {
        String readable = key.replaceAll("[^A-Za-z0-9_.]", "_");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return readable.substring(0, Math.min(60, readable.length())) + "-"
                    + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static List<Holder> parse(Host host, String output) {
        List<Holder> holders = new ArrayList<>();
        for (String line : output.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (words.length == 4 && words[0].equals("holder")) {
                long now = Long.parseLong(words[1]);
                long expires = Long.parseLong(words[2]);
                holders.add(
                        new Holder(host.name(), words[3], Optional.of(Instant.ofEpochSecond(expires)), expires <= now));
            }
        }
        return holders;
    }
}
