package io.jenkins.plugins.livemigration.jenkins.step;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process the engine is. A process number alone is not enough: it is used again. With the time at which the process
 * was started, in ticks of the kernel's clock since the machine was, and the machine's boot, it is one of a kind. Linux.
 */
final class EngineIdentity implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    /** Of the fields behind the command in parentheses, which may hold anything; see proc(5), field 22. */
    private static final int START_TIME = 19;

    private final long pid;
    private final long startTicks;
    private final String boot;

    private EngineIdentity(long pid, long startTicks, String boot) {
        this.pid = pid;
        this.startTicks = startTicks;
        this.boot = boot;
    }

    /** The identity of a process of this machine; empty if there is none of that number. */
    static Optional<EngineIdentity> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
            boolean dead = fields[0].equals("Z") || fields[0].equals("X");
            return dead
                    ? Optional.empty()
                    : Optional.of(new EngineIdentity(pid, Long.parseLong(fields[START_TIME]), boot()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Whether this machine was booted since that process was started. */
    boolean rebooted() throws IOException {
        return !boot().equals(boot);
    }

    private static String boot() throws IOException {
        return Files.readString(BOOT).strip();
    }

    long pid() {
        return pid;
    }

    /** Whether that very process still runs on this machine. */
    boolean alive() {
        return of(pid).filter(now -> now.startTicks == startTicks && now.boot.equals(boot))
                .isPresent();
    }

    /** As one line of text. */
    String line() {
        return pid + " " + startTicks + " " + boot;
    }

    /** Reads {@link #line()}; empty if it is something else. */
    static Optional<EngineIdentity> parse(String line) {
        String[] parts = line.strip().split(" ", -1);
        try {
            return parts.length == 3
                    ? Optional.of(new EngineIdentity(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]))
                    : Optional.empty();
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
    }
}
