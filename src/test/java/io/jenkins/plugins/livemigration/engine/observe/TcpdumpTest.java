package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalyzer;
import io.jenkins.plugins.livemigration.engine.plan.CapturePlan;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpdumpTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void quotesWhatThePlanSays() {
        String command = Tcpdump.command(plan("eth0", Optional.of("host a; rm -rf /"), 64), Duration.ofMinutes(2));
        assertThat(command)
                .contains("timeout -s TERM 120 tcpdump")
                .contains(" -i eth0 -s 128 -C 16 -W 4 ")
                .contains(" 'host a; rm -rf /' 2>&1")
                .contains("-lt 128000 ]");
    }

    @Test
    void triesACaptureWithWhatThePlanSays() {
        assertThat(Tcpdump.trial(plan("eth0", Optional.of("host a; rm -rf /"), 64)))
                .contains("[ \"$free\" -ge 128000 ]")
                .contains(" -i eth0 -s 128 -w /dev/null 'host a; rm -rf /'");
    }

    @Test
    void doesNotStartWithoutRoom() throws InterruptedException {
        try (LocalHost here = new LocalHost("local");
                Tcpdump capture = Tcpdump.start(plan("lo", Optional.empty(), 1_000_000_000), here, LIMIT)) {
            assertThat(capture.awaitBegin().orElseThrow().toString())
                    .as("whatever else may be missing on this machine")
                    .containsAnyOf("KiB are free in /var/tmp, 2000000000000 are needed", "there is no tcpdump");
        }
    }

    @Test
    @Tag("lab")
    void keepsWhatPassedAndLeavesNothingBehind() throws Exception {
        List<String> before = folders();
        try (LocalHost here = new LocalHost("local");
                DatagramSocket service = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket client = new DatagramSocket()) {
            String filter = "udp port " + service.getLocalPort();
            Path file = folder.resolve("capture.pcap.gz");
            try (Tcpdump capture = Tcpdump.start(plan("lo", Optional.of(filter), 64), here, LIMIT)) {
                Optional<?> trouble = capture.awaitBegin();
                assumeTrue(trouble.isEmpty(), "SKIPPED: needs tcpdump and root: " + trouble);
                for (int i = 0; i < 20; i++) {
                    client.send(new DatagramPacket(new byte[500], 500, service.getLocalSocketAddress()));
                }
                capture.end();
                capture.collect(file);
                assertThat(capture.said()).contains("20 packets captured");
            }
            CaptureAnalysis analysis = CaptureAnalyzer.analyze(file, CaptureAnalyzer.DEFAULT_SILENCE);
            assertThat(analysis.frames()).isEqualTo(20);
            assertThat(analysis.torn()).isFalse();
            assertThat(analysis.bytes()).isEqualTo(20 * 542);
            assertThat(folders()).isSubsetOf(before);
        }
    }

    private static List<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/var/tmp"))) {
            return all.map(Path::toString)
                    .filter(name -> name.contains("lmb-capture."))
                    .toList();
        }
    }

    private static CapturePlan plan(String device, Optional<String> filter, int megabytes) {
        return new CapturePlan("local", device, filter, 128, megabytes);
    }
}
