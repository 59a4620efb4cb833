package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

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

    /** Reads {@code name=value} lines; empty values are unknown. */
    static HostFacts parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && equals + 1 < line.length()) {
                values.put(line.substring(0, equals), line.substring(equals + 1).strip());
            }
        }
        return new HostFacts(values);
    }

    /** POSIX sh; every line stands alone, so that a missing tool costs no more than its own facts. */
    private static String script(String staging, String device) {
        return """
                say() { echo "$1=$2"; }
                tool() { if command -v "$2" >/dev/null 2>&1; then say "$1" yes; else say "$1" no; fi; }
                PATH=$PATH:/usr/sbin:/sbin
                say uid "$(id -u)"
                say kernel "$(uname -r)"
                say architecture "$(uname -m)"
                say distribution "$(. /etc/os-release 2>/dev/null && echo "$PRETTY_NAME")"
                say cpu "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
                say cpus "$(grep -c '^processor' /proc/cpuinfo)"
                say microcode "$(sed -n 's/^microcode[^:]*: //p' /proc/cpuinfo | head -n 1)"
                say firmware "$(cd /sys/class/dmi/id 2>/dev/null && cat bios_vendor bios_version bios_date 2>/dev/null | tr '\\n' ' ')"
                say governor "$(cat /sys/devices/system/cpu/cpu0/cpufreq/scaling_governor 2>/dev/null)"
                say memoryKiB "$(sed -n 's/^MemTotal: *\\([0-9]*\\).*/\\1/p' /proc/meminfo)"
                say podman "$(podman --version 2>/dev/null | sed 's/^podman version //')"
                say criu "$(criu --version 2>/dev/null | sed -n 's/^Version: //p')"
                if criu check >/dev/null 2>&1; then say criuCheck yes; else say criuCheck no; fi
                say criuComplaint "$(criu check 2>&1 | tail -n 1)"
                if criu check --feature mem_dirty_track >/dev/null 2>&1; then say memoryTracking yes; else say memoryTracking no; fi
                podman info --format 'runtime={{.Host.OCIRuntime.Name}}
                runtimeVersion={{.Host.OCIRuntime.Package}} {{.Host.OCIRuntime.Version}}
                conmon={{.Host.Conmon.Version}}
                storage={{.Store.GraphDriverName}}
                cgroups={{.Host.CgroupsVersion}}
                networkBackend={{.Host.NetworkBackend}}' 2>/dev/null
                for pair in nft:nft rsync:rsync flock:flock ss:ss zstd:zstd ip:ip ssh:ssh perl:perl; do tool "${pair%%:*}" "${pair#*:}"; done
                if arping -V 2>&1 | grep -q iputils; then say arping yes; else say arping no; fi
                staging=%1$s
                while [ ! -d "$staging" ]; do staging=$(dirname "$staging"); done
                say stagingFree "$(df -Pk "$staging" | awk 'NR==2 {print $4}')"
                say stagingType "$(stat -f -c %%T "$staging" 2>/dev/null)"
                if [ -w "$staging" ]; then say stagingWritable yes; else say stagingWritable no; fi
                device=%2$s
                [ -n "$device" ] || device=$(ip -o route show default 2>/dev/null | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p' | head -n 1)
                say nic "$device"
                say mtu "$(cat "/sys/class/net/$device/mtu" 2>/dev/null)"
                say nicSpeed "$(cat "/sys/class/net/$device/speed" 2>/dev/null)"
                say nicDriver "$(basename "$(readlink "/sys/class/net/$device/device/driver" 2>/dev/null)")"
                [ -e "/sys/class/net/$device" ] && say nicThere yes || say nicThere no
                """.formatted(quote(staging), quote(device));
    }
}
