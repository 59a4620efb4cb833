package io.jenkins.plugins.livemigration.engine.observe.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Conversation;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Side;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Tcp;
import io.jenkins.plugins.livemigration.engine.observe.capture.Frames.End;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares with tshark: frames, bytes, conversations with both directions' frames and bytes, and the TCP marks. The rules
 * are those of the 4.0 series; another one may differ, and then this test says so by being skipped.
 */
@Tag("lab")
class TsharkTest {
    private static final String SERIES = "TShark (Wireshark) 4.0.";
    private static final List<String> MARKS =
            List.of("retransmission", "fast_retransmission", "spurious_retransmission", "out_of_order", "lost_segment");

    @TempDir
    private Path folder;

    @BeforeAll
    static void thereIsTheTsharkThatWasComparedWith() throws Exception {
        String version;
        try {
            version = run("tshark", "--version").get(0);
        } catch (IOException none) {
            version = "none";
        }
        assumeTrue(
                version.startsWith(SERIES),
                "SKIPPED: needs " + SERIES + "x (Debian 12: apt-get install tshark), found: " + version);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void seesTheSameInTcpOnABadNetwork(long seed) throws Exception {
        Capture capture = new RandomTraffic(seed).capture(40);
        assertSameAsTshark(capture.writePcap(folder.resolve("random.pcap")));
    }

    @Test
    void seesTheSameInEveryFormat() throws Exception {
        Capture capture = new RandomTraffic(99).capture(5);
        assertSameAsTshark(Capture.write(folder.resolve("be.pcap"), capture.pcap(ByteOrder.BIG_ENDIAN, false)));
        assertSameAsTshark(Capture.write(folder.resolve("ns.pcap"), capture.pcap(ByteOrder.LITTLE_ENDIAN, true)));
        assertSameAsTshark(Capture.write(folder.resolve("us.pcapng"), capture.pcapng(ByteOrder.LITTLE_ENDIAN, 6)));
        assertSameAsTshark(Capture.write(folder.resolve("be.pcapng"), capture.pcapng(ByteOrder.BIG_ENDIAN, 9)));
        assertSameAsTshark(
                capture.writeGzip(folder.resolve("us.pcap.gz"), capture.pcap(ByteOrder.LITTLE_ENDIAN, false)));
        capture.cutTo(60);
        assertSameAsTshark(capture.writePcap(folder.resolve("cut.pcap")));
    }

    @Test
    void seesTheSameOnOtherLinkLayersAndProtocols() throws Exception {
        End client = new End("2001:db8::1", 5000);
        End server = new End("2001:db8::2", 9);
        End four = new End("192.0.2.1", 6000);
        End otherFour = new End("192.0.2.2", 9);
        Capture tagged = Capture.ethernet();
        Capture cooked = new Capture(113);
        Capture raw = new Capture(101);
        for (int i = 0; i < 20; i++) {
            byte[] there = Frames.udp(client, server, new byte[100 + i]);
            byte[] back = Frames.tcp(otherFour, four, 1000 + i * 10, 1, Frames.ACK, 1000, 10);
            tagged.add(i, Frames.ethernet(there, 7)).add(i + 0.5, Frames.ethernet(back, 100, 7));
            cooked.add(i, Frames.cooked(there)).add(i + 0.5, Frames.cooked(back));
            raw.add(i, there).add(i + 0.5, back);
        }
        assertSameAsTshark(tagged.writePcap(folder.resolve("vlan.pcap")));
        assertSameAsTshark(cooked.writePcap(folder.resolve("cooked.pcap")));
        assertSameAsTshark(raw.writePcap(folder.resolve("raw.pcap")));
    }

    private static void assertSameAsTshark(Path file) throws Exception {
        CaptureAnalysis ours = CaptureAnalyzer.analyze(file, Duration.ofMillis(200));
        Map<String, long[]> theirs = new TreeMap<>();
        long frames = 0;
        long bytes = 0;
        List<String> command = new ArrayList<>(List.of(
                "tshark", "-n", "-2", "-r", file.toString(), "-T", "fields", "-E", "occurrence=f", "-e", "frame.len"));
        for (String field : List.of("tcp.stream", "udp.stream", "tcp.srcport", "udp.srcport", "ip.src", "ipv6.src")) {
            command.addAll(List.of("-e", field));
        }
        for (String mark : MARKS) {
            command.addAll(List.of("-e", "tcp.analysis." + mark));
        }
        for (String line : run(command.toArray(new String[0]))) {
            String[] field = line.split("\t", -1);
            frames++;
            bytes += Long.parseLong(field[0]);
            String stream = !field[1].isEmpty() ? "tcp " + field[1] : "udp " + field[2];
            String sender = field[5] + field[6] + " " + field[3] + field[4];
            long[] sums = theirs.computeIfAbsent(stream + " " + sender, key -> new long[2 + MARKS.size()]);
            sums[0]++;
            sums[1] += Long.parseLong(field[0]);
            for (int i = 0; i < MARKS.size(); i++) {
                sums[2 + i] += field[7 + i].isEmpty() ? 0 : 1;
            }
        }
        assertThat(ours.frames()).isEqualTo(frames);
        assertThat(ours.bytes()).isEqualTo(bytes);
        assertThat(text(sums(ours))).isEqualTo(text(theirs));
    }

    private static String text(Map<String, long[]> sums) {
        StringBuilder text = new StringBuilder("stream, sender: frames, bytes, " + String.join(", ", MARKS) + "\n");
        sums.forEach((key, values) -> text.append(key)
                .append(": ")
                .append(java.util.Arrays.toString(values))
                .append('\n'));
        return text.toString();
    }

    private static Map<String, long[]> sums(CaptureAnalysis analysis) {
        Map<String, long[]> sums = new TreeMap<>();
        int tcp = 0;
        int udp = 0;
        for (Conversation conversation : analysis.conversations()) {
            String stream = conversation.protocol().equals("tcp") ? "tcp " + tcp++ : "udp " + udp++;
            put(sums, stream + " " + sender(conversation.a()), conversation.aToB());
            put(sums, stream + " " + sender(conversation.b()), conversation.bToA());
        }
        return sums;
    }

    private static String sender(String end) {
        int colon = end.lastIndexOf(':');
        return end.substring(0, colon).replace("[", "").replace("]", "") + " " + end.substring(colon + 1);
    }

    private static void put(Map<String, long[]> sums, String key, Side side) {
        if (side.frames() == 0) {
            return;
        }
        Optional<Tcp> tcp = side.tcp();
        sums.put(key, new long[] {
            side.frames(),
            side.bytes(),
            tcp.map(Tcp::retransmissions).orElse(0L),
            tcp.map(Tcp::fastRetransmissions).orElse(0L),
            tcp.map(Tcp::spuriousRetransmissions).orElse(0L),
            tcp.map(Tcp::outOfOrder).orElse(0L),
            tcp.map(Tcp::lostSegments).orElse(0L)
        });
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("tshark", ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        Files.delete(errors);
        return lines;
    }
}
