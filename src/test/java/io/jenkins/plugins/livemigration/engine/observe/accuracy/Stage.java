package io.jenkins.plugins.livemigration.engine.observe.accuracy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A service in a network namespace of its own, at the other end of a pair of virtual links, whose way in the kernel closes
 * and opens. This process is to be in a namespace of its own too ({@code unshare --net}): nothing has to be cleaned up then,
 * all of it ends with the two processes, and the service ends with this one.
 */
final class Stage implements AutoCloseable {
    static final String SERVICE = "198.18.78.2";
    private static final String CLIENT = "198.18.78.1";
    private static final String[] MAC = {"02:00:00:00:78:01", "02:00:00:00:78:02"};
    /** Higher than the probes': what is late at the service must not look like the probes' error. */
    private static final String SERVICE_PRIORITY = "20";

    private static final long UNSHARED_WITHIN_NANOS = 10_000_000_000L;

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final String service;

    /** @param loadedCores so many processes that never rest run beside it */
    Stage(Path folder, int loadedCores) throws IOException, InterruptedException {
        this.folder = folder;
        Process process = start(List.of(
                "unshare",
                "--net",
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServiceProcess.class.getName()));
        this.service = Long.toString(process.pid());
        try {
            connect();
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            if (!"ready".equals(said.readLine())) {
                throw new IOException("the service did not start");
            }
            if (!runs(List.of("chrt", "--fifo", "--all-tasks", "--pid", SERVICE_PRIORITY, service))) {
                System.out.println("the service runs without real-time priority: its own delays count as the probes'");
            }
            for (int i = 0; i < loadedCores; i++) {
                start(List.of(
                        "sh",
                        "-c",
                        "while [ -d /proc/" + ProcessHandle.current().pid()
                                + " ]; do i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; done"));
            }
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private void connect() throws IOException, InterruptedException {
        Path mine = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        Path theirs = Path.of("/proc", service, "ns/net");
        long deadline = System.nanoTime() + UNSHARED_WITHIN_NANOS;
        while (Files.readSymbolicLink(theirs).equals(mine)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("network namespaces are not permitted here");
            }
            LockSupport.parkNanos(1_000_000);
        }
        run(
                "ip", "link", "add", "client", "address", MAC[0], "type", "veth", "peer", "name", "service", "address",
                MAC[1], "netns", service);
        run("ip", "address", "add", CLIENT + "/30", "dev", "client");
        run("ip", "link", "set", "client", "up");
        within("ip", "address", "add", SERVICE + "/30", "dev", "service");
        within("ip", "link", "set", "service", "up");
        // No question about addresses is to fall into an outage and outlast it.
        run("ip", "neighbour", "replace", SERVICE, "lladdr", MAC[1], "nud", "permanent", "dev", "client");
        within("ip", "neighbour", "replace", CLIENT, "lladdr", MAC[0], "nud", "permanent", "dev", "service");
        within("tc", "qdisc", "add", "dev", "service", "clsact");
    }

    /**
     * From one moment until the other ({@link System#nanoTime()}) nothing arrives at the service. The kernel has that window
     * before it begins.
     *
     * @return whether it had it in time
     */
    boolean close(long from, long until) throws IOException, InterruptedException {
        Path object = folder.resolve("window.o");
        Files.write(object, DropProgram.dropping(from, until));
        within(
                "tc",
                "filter",
                "replace",
                "dev",
                "service",
                "ingress",
                "prio",
                "1",
                "handle",
                "1",
                "bpf",
                "direct-action",
                "object-file",
                object.toString(),
                "section",
                DropProgram.SECTION);
        return System.nanoTime() - from < 0;
    }

    private void within(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("nsenter", "--net=/proc/" + service + "/ns/net", "--"));
        words.addAll(List.of(command));
        run(words.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (!runs(List.of(command))) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    private static boolean runs(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
