package io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A QEMU process in software emulation: the guest on one node. */
final class QemuNode implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);
    /** Ends a process of which a killed test run has lost sight. */
    private static final String LONGEST_SECONDS = "600";

    private final Process process;
    private final Qmp qmp;

    private QemuNode(Process process, Qmp qmp) {
        this.process = process;
        this.qmp = qmp;
    }

    /**
     * Starts one and waits for its monitor.
     *
     * @param more options besides the machine itself
     */
    static QemuNode start(SmallGuest guest, String node, List<String> more) throws IOException {
        Path folder = Files.createDirectories(guest.folder().resolve(node));
        Path monitor = folder.resolve("qmp");
        Files.deleteIfExists(monitor);
        List<String> command = new ArrayList<>(List.of(
                "timeout",
                "-s",
                "KILL",
                LONGEST_SECONDS,
                "ip",
                "netns",
                "exec",
                SmallGuest.NAMESPACE,
                guest.folder().resolve("qemu").toString()));
        command.addAll(guest.machine(node));
        command.addAll(List.of("-qmp", "unix:" + monitor + ",server=on,wait=off"));
        command.addAll(more);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("qemu.log").toFile())
                .start();
        Qmp qmp = await("QEMU's monitor (" + folder + ")")
                .atMost(START)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> !process.isAlive())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> new Qmp(monitor), Objects::nonNull);
        return new QemuNode(process, qmp);
    }

    Qmp qmp() {
        return qmp;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** {@code running}, {@code paused}, {@code inmigrate}, ... */
    String status() throws IOException {
        return qmp.execute("query-status").path("status").asText();
    }

    /** Kills it as a failing node would. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        await("the end of a killed QEMU").atMost(Duration.ofSeconds(5)).until(() -> !process.isAlive());
    }

    @Override
    public void close() throws IOException {
        kill();
        qmp.close();
    }
}
