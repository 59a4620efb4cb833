package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.migrate.MachineFacts;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a host says of itself: versions, tools, space. Facts that it does not know are left out.
 *
 * @param values by the names that {@link #script} prints
 */
record HostFacts(Map<String, String> values) {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    HostFacts {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The fact of that name. */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether a tool or a feature is there. */
    boolean has(String name) {
        return get(name).orElse("no").equals("yes");
    }

    /** A number; 0 if it is not known. */
    long number(String name) {
        try {
            return Long.parseLong(get(name).orElse("0").strip());
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** What came of asking a host. */
    sealed interface Answer {}

    /** It said. */
    record Told(HostFacts facts) implements Answer {}

    /** It did not. */
    record Silent(String why) implements Answer {}

    /** Asks a host. Touches nothing. */
    static Answer collect(Host host, String staging, String device) throws InterruptedException {
        CommandResult result = host.run(Scripts.command(script(staging, device)), TIMEOUT);
        return result.ok() ? new Told(parse(result.out())) : new Silent(result.complaint());
    }

    /** Reads what {@link #script} printed. */
    static HostFacts parse(String text) {
        return new HostFacts(MachineFacts.parse(text));
    }

    /** The machine's facts, and in the same manner what only this driver asks. */
    private static String script(String staging, String device) {
        return MachineFacts.script(device) + """
                tool() { if command -v "$2" >/dev/null 2>&1; then say "$1" yes; else say "$1" no; fi; }
                say uid "$(id -u)"
                if criu check >/dev/null 2>&1; then say criuCheck yes; else say criuCheck no; fi
                say criuComplaint "$(criu check 2>&1 | tail -n 1)"
                if criu check --feature mem_dirty_track >/dev/null 2>&1; then say memoryTracking yes; else say memoryTracking no; fi
                podman info --format 'runtime={{.Host.OCIRuntime.Name}}
                runtimeVersion={{.Host.OCIRuntime.Package}} {{.Host.OCIRuntime.Version}}
                conmon={{.Host.Conmon.Version}}
                storage={{.Store.GraphDriverName}}
                cgroups={{.Host.CgroupsVersion}}
                networkBackend={{.Host.NetworkBackend}}' 2>/dev/null
                for pair in nft:nft rsync:rsync flock:flock ss:ss zstd:zstd ip:ip ssh:ssh perl:perl nsenter:nsenter; do tool "${pair%%:*}" "${pair#*:}"; done
                if arping -V 2>&1 | grep -q iputils; then say arping yes; else say arping no; fi
                staging=%s
                while [ ! -d "$staging" ]; do staging=$(dirname "$staging"); done
                say stagingFree "$(df -Pk "$staging" | awk 'NR==2 {print $4}')"
                say stagingType "$(stat -f -c %%T "$staging" 2>/dev/null)"
                if [ -w "$staging" ]; then say stagingWritable yes; else say stagingWritable no; fi
                [ -e "/sys/class/net/$device" ] && say nicThere yes || say nicThere no
                """.formatted(quote(staging));
    }
}
