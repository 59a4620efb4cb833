package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.journal.SideFile;
import io.jenkins.plugins.livemigration.engine.observe.LoopbackServices.TcpServer;
import io.jenkins.plugins.livemigration.engine.observe.LoopbackServices.UdpEcho;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SystemProbesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration TEN = Duration.ofMillis(10);
    private static final String LOCAL = InetAddress.getLoopbackAddress().getHostAddress();

    @TempDir
    Path folder;

    private final RunClock clock = RunClock.startingNow();
    private final SystemProbes probes = new SystemProbes();

    @Test
    void numbersAndTimesEveryDatagram() throws Exception {
        try (UdpEcho echo = new UdpEcho();
                ProbeSession session = start(new ProbePlan.Udp(
                        "clients", LOCAL, echo.port(), 64, Duration.ofMillis(1), Duration.ofSeconds(5), true))) {
            assertThat(session.awaitReplies(300, SOON)).isEmpty();
            List<SideFile> files = session.stop();
            assertThat(files).singleElement().satisfies(file -> {
                assertThat(file.file()).isEqualTo("s1-clients.probe");
                assertThat(Files.size(folder.resolve(file.file()))).isEqualTo(file.length());
            });
            RecordedTrace trace = trace("clients");
            assertThat(trace.size()).isGreaterThanOrEqualTo(300);
            int onTime = 0;
            for (int i = 0; i < trace.size(); i++) {
                assertThat(trace.sentNanos(i)).isGreaterThanOrEqualTo(trace.scheduledNanos(i));
                onTime += trace.sentNanos(i) - trace.scheduledNanos(i) < 500_000 ? 1 : 0;
                assertThat(trace.answered(i)).isTrue();
                assertThat(trace.receivedNanos(i)).isGreaterThan(trace.sentNanos(i));
            }
            assertThat(onTime).isGreaterThan(trace.size() / 2);
        }
    }

    @Test
    void hearsThePausedServiceAnswerLate() throws Exception {
        try (UdpEcho echo = new UdpEcho();
                ProbeSession session = start(udp(echo.port(), TEN))) {
            assertThat(session.awaitReplies(60, SOON)).isEmpty();
            long requested = clock.nanos();
            echo.pause();
            long paused = clock.nanos();
            await().pollInterval(Duration.ofMillis(5)).until(() -> clock.nanos() - paused > 300_000_000);
            long resuming = clock.nanos();
            echo.resume();
            await().atMost(SOON).until(() -> clock.nanos() - resuming > 300_000_000);
            long close = clock.nanos();
            session.stop();
            RecordedTrace trace = trace("clients");
            SampleTimes times = new SampleTimes(
                    trace.sentNanos(0), requested, OptionalLong.empty(), OptionalLong.of(resuming), close, List.of());
            Observation observation = SampleObserver.observe(udp(echo.port(), TEN), trace, times);
            Figure.Measured downtime = (Figure.Measured) observation.figures().get("downtime.observed");
            double truth = (resuming - paused) / 1e6;
            assertThat(downtime.upper()).isGreaterThanOrEqualTo(truth);
            assertThat(downtime.value()).isBetween(truth - 150, truth + 1_000);
            assertThat(observation.report().outages()).isNotEmpty();
        }
    }

    @Test
    void countsADuplicateOnce() throws Exception {
        try (UdpEcho echo = new UdpEcho()) {
            echo.copies = 2;
            try (ProbeSession session = start(udp(echo.port(), TEN))) {
                assertThat(session.awaitReplies(10, SOON)).isEmpty();
                SideFile file = session.stop().get(0);
                byte[] bytes = Files.readAllBytes(folder.resolve(file.file()));
                int header = new ProbeFile("clients", "udp", 0, 1, true).toBytes().length;
                long replies = IntStream.iterate(header, at -> at < bytes.length, at -> at + ProbeFile.RECORD_BYTES)
                        .filter(at -> bytes[at] == ProbeFile.REPLIED)
                        .count();
                assertThat(replies).isBetween(10L, (long) trace("clients").size());
            }
        }
    }

    @Test
    void goesOnWhileNobodyListens() throws Exception {
        int port;
        try (UdpEcho gone = new UdpEcho()) {
            port = gone.port();
        }
        try (ProbeSession session = start(udp(port, TEN))) {
            assertThat(session.awaitReplies(1, Duration.ofMillis(200))).containsExactly("clients");
            session.stop();
        }
        RecordedTrace trace = trace("clients");
        assertThat(trace.size()).isGreaterThan(3);
        for (int i = 0; i < trace.size(); i++) {
            assertThat(trace.answered(i)).isFalse();
        }
    }

    /** An address of RFC 3849: without a route, or behind one that leads nowhere. */
    @Test
    void goesOnWhereNoRouteLeads() throws Exception {
        String nowhere = "2001:db8::1";
        try (ProbeSession session = start(
                new ProbePlan.Udp("datagrams", nowhere, 7, 24, TEN, TIMEOUT, true),
                new ProbePlan.TcpConnect("connects", nowhere, 7, TEN, TIMEOUT, false),
                new ProbePlan.TcpSession("held", nowhere, 7, TEN, TIMEOUT))) {
            assertThat(session.awaitReplies(1, Duration.ofMillis(200)))
                    .containsExactly("datagrams", "connects", "held");
            assertThat(session.stop()).hasSize(3);
        }
        for (String probe : List.of("datagrams", "connects")) {
            RecordedTrace trace = trace(probe);
            assertThat(trace.size()).isGreaterThan(3);
            assertThat(trace.answered(trace.size() - 1)).isFalse();
        }
        assertThat(trace("held").size()).isZero();
    }

    @Test
    void takesAnyStatusBelow500ForAReply() throws Exception {
        AtomicInteger status = new AtomicInteger(200);
        try (TcpServer server = LoopbackServices.http(status::get);
                ProbeSession session = start(http(server.port()))) {
            assertThat(session.awaitReplies(5, SOON)).isEmpty();
            status.set(404);
            assertThat(session.awaitReplies(20, SOON)).isEmpty();
            status.set(503);
            long failing = clock.nanos();
            await().atMost(SOON).until(() -> clock.nanos() - failing > 200_000_000);
            session.stop();
            RecordedTrace trace = trace("web");
            for (int i = 0; i < trace.size(); i++) {
                if (trace.sentNanos(i) > failing + 20_000_000) {
                    assertThat(trace.answered(i)).isFalse();
                }
            }
        }
    }

    @Test
    void keepsTheScheduleWhileEarlierAttemptsHang() throws Exception {
        AtomicInteger status = new AtomicInteger(0);
        try (TcpServer server = LoopbackServices.http(status::get);
                ProbeSession session = start(http(server.port()))) {
            session.awaitReplies(1, Duration.ofMillis(400));
            status.set(200);
            assertThat(session.awaitReplies(10, SOON)).isEmpty();
            session.stop();
        }
        RecordedTrace trace = trace("web");
        int unanswered = 0;
        for (int i = 0; i < trace.size(); i++) {
            unanswered += trace.answered(i) ? 0 : 1;
        }
        assertThat(unanswered).isGreaterThan(5);
    }

    @Test
    void takesTheHandshakeForTheReply() throws Exception {
        try (TcpServer server = new TcpServer(socket -> {});
                ProbeSession session = start(tcp(server.port()))) {
            assertThat(session.awaitReplies(20, SOON)).isEmpty();
            session.stop();
        }
        assertThat(trace("connect").answered(5)).isTrue();
    }

    @Test
    void takesARefusalForNone() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (ProbeSession session = start(tcp(port))) {
            assertThat(session.awaitReplies(1, Duration.ofMillis(200))).containsExactly("connect");
            session.stop();
        }
        assertThat(trace("connect").size()).isGreaterThan(3);
    }

    @Test
    void opensABrokenSessionAnew() throws Exception {
        try (TcpServer server = LoopbackServices.lineEcho();
                ProbeSession session = start(session(server.port()))) {
            assertThat(session.awaitReplies(20, SOON)).isEmpty();
            server.breakConnections();
            assertThat(session.awaitReplies(60, SOON)).isEmpty();
            session.stop();
        }
        RecordedTrace trace = trace("held");
        assertThat(trace.breaks()).isEqualTo(1);
        assertThat(trace.answered(trace.size() - 2)).isTrue();
    }

    @Test
    void pingsWithTheSystemsOwn() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ping")), "no /usr/bin/ping here (package iputils-ping)");
        ProbePlan ping = new ProbePlan.Ping("icmp", LOCAL, Duration.ofMillis(20), TIMEOUT);
        try (ProbeSession session = start(ping)) {
            List<String> silent = session.awaitReplies(10, Duration.ofSeconds(5));
            assumeTrue(silent.isEmpty(), "ping is not permitted here");
            session.stop();
        }
        RecordedTrace trace = trace("icmp");
        assertThat(trace.size()).isGreaterThanOrEqualTo(10);
        assertThat(trace.receivedNanos(3)).isGreaterThan(trace.sentNanos(3));
    }

    @Test
    void leavesReadableFilesWhenItIsCutOff() throws Exception {
        try (UdpEcho echo = new UdpEcho();
                TcpServer server = LoopbackServices.lineEcho();
                ProbeSession session = start(udp(echo.port(), TEN), session(server.port()))) {
            assertThat(session.awaitReplies(30, SOON)).isEmpty();
            await().atMost(SOON).until(() -> trace("clients").size() > 20);
        }
        assertThat(trace("clients").size()).isGreaterThanOrEqualTo(30);
        assertThat(trace("held").size()).isGreaterThanOrEqualTo(30);
    }

    @Test
    void losesLittleWhenItIsKilled() throws Exception {
        Path file = folder.resolve("s-clients.probe");
        try (UdpEcho echo = new UdpEcho()) {
            Process process = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ProbingProcess.class.getName(),
                            folder.toString(),
                            Integer.toString(echo.port()))
                    .start();
            try {
                await().atMost(SOON).until(() -> echo.newestSlot > 500);
            } finally {
                process.destroyForcibly().waitFor();
            }
            ProbeFile.Content content = ProbeFile.read(file);
            RecordedTrace trace = content.trace();
            long newest =
                    (trace.scheduledNanos(trace.size() - 1) - content.header().startNanos()) / 1_000_000;
            assertThat(newest).isGreaterThan(echo.newestSlot - 250);
        }
    }

    @Test
    void startsNothingWhenOneProbeCannotStart() throws Exception {
        try (UdpEcho echo = new UdpEcho()) {
            ProbePlan.Udp nowhere = new ProbePlan.Udp("nowhere", "no-such-host.invalid", 7, 24, TEN, TIMEOUT, false);
            assertThatThrownBy(() -> start(udp(echo.port(), TEN), nowhere))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nowhere")
                    .hasMessageContaining("no-such-host.invalid");
        }
        await().atMost(SOON)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("probe-") && thread.isAlive()));
    }

    private ProbeSession start(ProbePlan... plans) throws IOException {
        return probes.start(List.of(plans), folder, "s1", clock);
    }

    private RecordedTrace trace(String probe) throws IOException {
        return ProbeFile.read(folder.resolve("s1-" + probe + ".probe")).trace();
    }

    private static ProbePlan.Udp udp(int port, Duration interval) {
        return new ProbePlan.Udp("clients", LOCAL, port, 64, interval, TIMEOUT, true);
    }

    private static ProbePlan.Http http(int port) {
        return new ProbePlan.Http("web", "http://" + LOCAL + ":" + port + "/healthz?x=1", TEN, TIMEOUT, false);
    }

    private static ProbePlan.TcpConnect tcp(int port) {
        return new ProbePlan.TcpConnect("connect", LOCAL, port, TEN, TIMEOUT, false);
    }

    private static ProbePlan.TcpSession session(int port) {
        return new ProbePlan.TcpSession("held", LOCAL, port, TEN, TIMEOUT);
    }
}
