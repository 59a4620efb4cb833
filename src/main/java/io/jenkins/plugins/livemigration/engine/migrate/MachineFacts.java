package io.jenkins.plugins.livemigration.engine.migrate;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a machine behind a shell says of itself, whatever moves workloads to it: the kernel, the hardware and its firmware, the
 * network card, and the versions of the software that migrates, as far as each is there.
 */
public final class MachineFacts {
    /** A fact that every host knows; a driver that has it has asked for them all. */
    public static final String ALWAYS_KNOWN = "architecture";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private MachineFacts() {}

    /**
     * Asks a host for its facts by name; there are none if it does not answer. Touches nothing. Blocks, for a minute at most.
     */
    public static Map<String, String> of(Host host) throws InterruptedException {
        CommandResult result = host.run(script(""), TIMEOUT);
        return result.ok() ? parse(result.out()) : Map.of();
    }

    /** Reads {@code name=value} lines, in their order; empty values are unknown. */
    public static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && equals + 1 < line.length()) {
                values.put(line.substring(0, equals), line.substring(equals + 1).strip());
            }
        }
        return values;
    }

    /**
     * POSIX sh that prints such lines, by a function {@code say NAME VALUE}; every line stands alone, so that a missing tool
     * costs no more than its own facts.
     *
     * @param device the network device to tell of; empty for that of the default route
     */
    public static String script(String device) {
        return """
                say() { echo "$1=$2"; }
                PATH=$PATH:/usr/sbin:/sbin
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
                say qemu "$( (qemu-system-"$(uname -m)" --version || kvm --version) 2>/dev/null | sed -n 's/^QEMU emulator version //p')"
                say libvirt "$( (libvirtd --version || virtqemud --version) 2>/dev/null | sed 's/.* //')"
                device=%s
                [ -n "$device" ] || device=$(ip -o route show default 2>/dev/null | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p' | head -n 1)
                say nic "$device"
                say mtu "$(cat "/sys/class/net/$device/mtu" 2>/dev/null)"
                say nicSpeed "$(cat "/sys/class/net/$device/speed" 2>/dev/null)"
                say nicDriver "$(basename "$(readlink "/sys/class/net/$device/device/driver" 2>/dev/null)")"
                """.formatted(quote(device));
    }
}
