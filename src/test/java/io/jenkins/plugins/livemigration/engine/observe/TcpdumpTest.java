package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalyzer;
import io.jenkins.plugins.livemigration.engine.plan.CapturePlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
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
    void collectsTheFilesOfARingInTheOrderInWhichTheyWereWritten() throws Exception {
        ring("ring2", "the first, with a header of 24 bytes", 1);
        ring("ring0", "-- header of 24 bytes --, the second", 2);
        ring("ring1", "-- header of 24 bytes --, the third", 3);
        Path file = folder.resolve("capture.pcap.gz");

        try (LocalHost here = new LocalHost("local")) {
            Tcpdump.collect(here, ring().toString(), file);
        }

        try (InputStream kept = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(kept).hasContent("the first, with a header of 24 bytes, the second, the third");
        }
    }

    @Test
    void saysSoIfAFileOfTheRingCannotBeRead() throws Exception {
        ring("ring0", "a whole file", 1);
        Files.createDirectory(ring().resolve("ring1"));

        assertNotCollected(ring(), "failed: reading");
    }

    @Test
    void saysSoIfThereIsNoRing() throws Exception {
        Files.createDirectory(ring());

        assertNotCollected(ring(), "ring*");
        assertNotCollected(folder.resolve("never made"), "never made");
    }

    @Test
    void saysSoIfTheHostCannotCompress() throws Exception {
        ring("ring0", "a whole file", 1);
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("ls", "cat", "tail", "base64")) {
            Files.copy(Path.of("/usr/bin", tool), tools.resolve(tool), StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (LocalHost here = new LocalHost("local")) {
            CommandResult result =
                    here.run("PATH=" + tools + "\n" + Tcpdump.collecting(ring().toString()), Duration.ofMinutes(1));
            assertThat(result.ok()).isFalse();
            assertThat(result.complaint()).startsWith("failed: ").contains("compressing");
        }
    }

    private void assertNotCollected(Path ring, String complaint) {
        try (LocalHost here = new LocalHost("local")) {
            assertThatThrownBy(() -> Tcpdump.collect(here, ring.toString(), folder.resolve("capture.pcap.gz")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(complaint);
        }
    }

    private Path ring() {
        return folder.resolve("ring of files");
    }

    private void ring(String name, String content, long second) throws IOException {
        Files.createDirectories(ring());
        Path file = Files.writeString(ring().resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(second, TimeUnit.SECONDS));
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
