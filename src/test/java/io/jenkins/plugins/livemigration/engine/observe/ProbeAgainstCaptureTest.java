package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the UDP probe says against a capture of its own packets on the client's interface: over a pair of virtual links into
 * a network namespace, where an echo is paused (SIGSTOP: late answers) and made to drop (losses) in turn.
 */
@Tag("lab")
@Timeout(180)
class ProbeAgainstCaptureTest {
    private static final int OUTAGES = 20;
    private static final int PORT = 9000;
    private static final String NAMESPACE = "lmb-probe-test";
    private static final String CLIENT = "198.18.77.1";
    private static final String SERVICE = "198.18.77.2";
    private static final String LINK = "lmbprobe0";
    private static final long MS = 1_000_000;

    @TempDir
    Path folder;

    private final RunClock clock = RunClock.startingNow();
    private final List<Process> started = new ArrayList<>();

    private record Injection(long from, long until) {}

    @BeforeEach
    void makeTheNetwork() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root for a network namespace");
        assumeTrue(runs("ip", "-Version"), "needs ip (package iproute2)");
        assumeTrue(runs("tcpdump", "--version"), "needs tcpdump (package tcpdump)");
        removeTheNetwork();
        assumeTrue(runs("ip", "netns", "add", NAMESPACE), "network namespaces are not permitted here");
        run("ip", "link", "add", LINK, "type", "veth", "peer", "name", "eth0", "netns", NAMESPACE);
        run("ip", "address", "add", CLIENT + "/30", "dev", LINK);
        run("ip", "link", "set", LINK, "up");
        run("ip", "-n", NAMESPACE, "address", "add", SERVICE + "/30", "dev", "eth0");
        run("ip", "-n", NAMESPACE, "link", "set", "eth0", "up");
    }

    @AfterEach
    void removeTheNetwork() throws Exception {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        runs("ip", "link", "del", LINK);
        runs("ip", "netns", "del", NAMESPACE);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1})
    void seesTheSameAsTheCapture(int intervalMillis) throws Exception {
        Process echo = startEcho();
        Path capture = folder.resolve("capture.pcap");
        Process tcpdump = startCapture(capture);
        ProbePlan.Udp plan = new ProbePlan.Udp(
                "clients", SERVICE, PORT, 64, Duration.ofMillis(intervalMillis), Duration.ofSeconds(1), true);
        List<Injection> injections = new ArrayList<>();
        long end;
        try (ProbeSession session = new SystemProbes().start(List.of(plan), folder, "s", clock)) {
            assertThat(session.awaitReplies(100, Duration.ofSeconds(20))).isEmpty();
            Random random = new Random(42);
            for (int i = 0; i < OUTAGES; i++) {
                long length = (80 + random.nextInt(300)) * MS;
                pass(500 * MS + random.nextInt(10_000) * 1_000L);
                injections.add(i % 2 == 0 ? pause(echo, length) : drop(echo, length));
            }
            pass(700 * MS);
            end = clock.nanos();
            // The last answers that are compared have to reach tcpdump's file, too, before it is ended.
            pass(1_500 * MS);
            session.stop();
        }
        tcpdump.destroy();
        tcpdump.waitFor();
        compare(
                plan,
                ProbeFile.read(folder.resolve("s-clients.probe")),
                PcapProbeReader.read(capture, PORT),
                injections,
                end);
    }

    private static void compare(
            ProbePlan.Udp plan, ProbeFile.Content probe, RecordedTrace captured, List<Injection> injections, long end) {
        ProbeFile header = probe.header();
        long interval = plan.interval().toNanos();
        long offset = CaptureComparison.offset(probe, captured);
        double[] differences = new double[injections.size()];
        for (int i = 0; i < injections.size(); i++) {
            Injection injection = injections.get(i);
            long open = injection.from() - 400 * MS;
            long close = i + 1 < injections.size() ? injections.get(i + 1).from() - 50 * MS : end;
            assertThat(PcapProbeReader.unanswered(probe.trace(), open, close, header.startNanos(), interval))
                    .as("unanswered around outage %d", i)
                    .isEqualTo(PcapProbeReader.unanswered(captured, open + offset, close + offset, 0, 1));
            double seen = downtime(plan, probe.trace(), injection, open, close, 0);
            double truth = downtime(plan, captured, injection, open, close, offset);
            differences[i] = Math.abs(seen - truth);
        }
        Arrays.sort(differences);
        System.out.printf(
                Locale.ROOT,
                "probe against capture, %d ms: %d outages, difference median %.3f ms, 19th %.3f ms, largest %.3f ms%n",
                interval / MS,
                differences.length,
                differences[differences.length / 2],
                differences[18],
                differences[19]);
        assertThat(differences[18]).as("19 of 20").isLessThanOrEqualTo(1.0);
        assertThat(differences[19]).as("always").isLessThanOrEqualTo(5.0);
    }

    private static double downtime(
            ProbePlan.Udp plan, ProbeTrace trace, Injection injection, long open, long close, long offset) {
        SampleTimes times = new SampleTimes(
                open + offset,
                injection.from() - 20 * MS + offset,
                OptionalLong.empty(),
                OptionalLong.of(injection.until() + offset),
                close + offset,
                List.of());
        return SampleObserver.observe(plan, trace, times)
                .figures()
                .get("downtime.observed")
                .amount()
                .orElseThrow();
    }

    private Injection pause(Process echo, long length) throws Exception {
        long from = clock.nanos();
        run("kill", "-STOP", Long.toString(echo.pid()));
        pass(length);
        run("kill", "-CONT", Long.toString(echo.pid()));
        return new Injection(from, clock.nanos());
    }

    private Injection drop(Process echo, long length) throws IOException {
        long from = clock.nanos();
        order(echo, "drop");
        pass(length);
        order(echo, "serve");
        return new Injection(from, clock.nanos());
    }

    private static void order(Process echo, String order) throws IOException {
        echo.getOutputStream().write((order + "\n").getBytes(StandardCharsets.US_ASCII));
        echo.getOutputStream().flush();
    }

    private void pass(long nanos) {
        long until = clock.nanos() + nanos;
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> clock.nanos() >= until);
    }

    private Process startEcho() throws IOException {
        Process echo = start(
                "ip",
                "netns",
                "exec",
                NAMESPACE,
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EchoProcess.class.getName(),
                SERVICE,
                Integer.toString(PORT));
        assertThat(line(echo, false)).isEqualTo("ready");
        return echo;
    }

    private Process startCapture(Path file) throws IOException {
        Process tcpdump = start(
                "tcpdump",
                "-i",
                LINK,
                "-Z",
                "root",
                "-n",
                "-U",
                "-s",
                "128",
                "--time-stamp-precision=nano",
                "-w",
                file.toString(),
                "udp port " + PORT);
        String said = line(tcpdump, true);
        assertThat(said).contains("listening on");
        return tcpdump;
    }

    private Process start(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    /** The first line of output, or the first of the errors that says that it listens. */
    private static String line(Process process, boolean errors) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(
                errors ? process.getErrorStream() : process.getInputStream(), StandardCharsets.UTF_8));
        String line = reader.readLine();
        while (errors && line != null && !line.contains("listening on")) {
            line = reader.readLine();
        }
        return String.valueOf(line);
    }

    private static void run(String... command) throws Exception {
        assertThat(runs(command)).as(String.join(" ", command)).isTrue();
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
