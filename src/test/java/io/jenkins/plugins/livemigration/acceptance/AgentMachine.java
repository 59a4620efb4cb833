package io.jenkins.plugins.livemigration.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A machine for an agent that can be booted anew: processes of its own, all of which end when it does, and a boot of its own
 * in {@code /proc}. Made of Linux namespaces; files and network are this machine's.
 */
final class AgentMachine {
    private static final String BOOT = """
            mount --bind "$0" /proc/sys/kernel/random/boot_id || exit 1
            "$@" &
            wait $!
            """;

    private final Path folder;

    /** Keeps in that folder what it needs; the test is skipped, which is said, for whoever may not make namespaces. */
    AgentMachine(Path folder) {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "NOT ROOT: a machine that boots anew is made of namespaces; no reboot was tested");
        this.folder = folder;
    }

    /** The command as the first program of the machine, which boots for it. Ended by force, it ends everything. */
    List<String> boot(List<String> command) {
        try {
            Path identity = Files.createTempFile(folder, "boot-", "");
            Files.writeString(identity, UUID.randomUUID() + "\n");
            List<String> machine =
                    new ArrayList<>(List.of("unshare", "--fork", "--pid", "--kill-child", "--mount-proc"));
            machine.addAll(List.of("sh", "-c", BOOT, identity.toString()));
            machine.addAll(command);
            return machine;
        } catch (IOException full) {
            throw new IllegalStateException(full);
        }
    }
}
