package io.jenkins.plugins.livemigration.engine.observe.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.CaptureOutage;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Conversation;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Probe;
import io.jenkins.plugins.livemigration.engine.observe.capture.CaptureAnalysis.Side;
import io.jenkins.plugins.livemigration.engine.observe.capture.Frames.End;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureAnalyzerTest {
    private static final End CLIENT = new End("192.0.2.1", 40000);
    private static final End SERVER = new End("192.0.2.2", 80);
    private static final End PROBE = new End("192.0.2.1", 50000);
    private static final End ECHO = new End("192.0.2.2", 9000);
    private static final int WINDOW = 60000;

    @TempDir
    private Path folder;

    @Test
    void readsEveryFormatAlike() throws IOException {
        Capture capture = new RandomTraffic(7).capture(10);
        CaptureAnalysis plain = analyze(capture);
        assertThat(plain.frames()).isEqualTo(capture.size());
        assertThat(plain.bytes()).isEqualTo(capture.bytes());
        assertThat(plain.start()).contains(Instant.ofEpochSecond(0, firstNanos(capture)));
        for (byte[] other : List.of(
                capture.pcap(ByteOrder.BIG_ENDIAN, false),
                capture.pcap(ByteOrder.LITTLE_ENDIAN, true),
                capture.pcap(ByteOrder.BIG_ENDIAN, true),
                capture.pcapng(ByteOrder.LITTLE_ENDIAN, 6),
                capture.pcapng(ByteOrder.BIG_ENDIAN, 9))) {
            CaptureAnalysis analysis = analyze(Capture.write(folder.resolve("other"), other));
            assertThat(analysis.conversations()).isEqualTo(plain.conversations());
            assertThat(analysis.start()).isEqualTo(plain.start());
        }
        Path packed = capture.writeGzip(folder.resolve("packed"), capture.pcapng(ByteOrder.LITTLE_ENDIAN, 6));
        assertThat(analyze(packed).conversations()).isEqualTo(plain.conversations());
    }

    @Test
    void readsTimesInPowersOfTwo() throws IOException {
        Capture capture = Capture.ethernet();
        for (int i = 0; i < 10; i++) {
            capture.add(i * 125, Frames.ethernet(Frames.udp(PROBE, ECHO, new byte[10])));
        }
        Path file = Capture.write(folder.resolve("two"), capture.pcapng(ByteOrder.LITTLE_ENDIAN, 0x80 | 20));
        assertThat(analyze(file).durationMillis()).isCloseTo(1125, within(0.001));
    }

    @Test
    void takesLengthsFromTheWireWhenFramesAreCut() throws IOException {
        Capture capture = Capture.ethernet().cutTo(64);
        for (int i = 0; i < 10; i++) {
            capture.add(i, Frames.ethernet(Frames.tcp(SERVER, CLIENT, 1000 + 500 * i, 1, Frames.ACK, WINDOW, 500)));
        }
        Side server = analyze(capture).conversations().get(0).aToB();
        assertThat(server.bytes()).isEqualTo(capture.bytes());
        assertThat(server.payloadBytes()).isEqualTo(5000);
        assertThat(server.tcp().orElseThrow().lostSegments()).isZero();
    }

    @Test
    void saysThatTheFileEndsWithinAFrame() throws IOException {
        byte[] whole = new RandomTraffic(3).capture(2).pcap(ByteOrder.LITTLE_ENDIAN, false);
        int frames =
                (int) analyze(Capture.write(folder.resolve("whole"), whole)).frames();
        CaptureAnalysis torn = analyze(Capture.write(folder.resolve("torn"), Arrays.copyOf(whole, whole.length - 1)));
        assertThat(torn.torn()).isTrue();
        assertThat(torn.frames()).isEqualTo(frames - 1);
    }

    @Test
    void refusesWhatIsNoCaptureAndWhatIsDamaged() throws IOException {
        Path text = Capture.write(
                folder.resolve("text"), "name: this is a plan, not a capture".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> analyze(text)).isInstanceOf(IOException.class).hasMessageContaining("pcap");
        byte[] damaged = new RandomTraffic(3).capture(2).pcap(ByteOrder.LITTLE_ENDIAN, false);
        Arrays.fill(damaged, 24 + 8, 24 + 12, (byte) 0x7F);
        Path file = Capture.write(folder.resolve("damaged"), damaged);
        assertThatThrownBy(() -> analyze(file)).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    }

    @Test
    void computesTheStudiesFiguresFromTheSpacingOfFrames() throws IOException {
        Capture capture = Capture.ethernet();
        double[] at = {0, 10, 30, 40};
        for (double millis : at) {
            capture.add(millis, Frames.ethernet(Frames.udp(PROBE, ECHO, new byte[58])));
        }
        Side side = analyze(capture).conversations().get(0).aToB();
        assertThat(side.studies().throughput().orElseThrow()).isCloseTo(4 * 100 * 8 / 0.040, within(1e-6));
        assertThat(side.studies().delayMillis().orElseThrow()).isCloseTo(40.0 / 3, within(1e-9));
        assertThat(side.studies().jitterMillis().orElseThrow()).isCloseTo((10 + 10) / 2.0, within(1e-9));
        assertThat(side.studies().lossPercent()).isEmpty();
        assertThat(side.strict().goodput().orElseThrow()).isCloseTo(4 * 58 * 8 / 0.040, within(1e-6));
    }

    @Test
    void tellsWhatWasLostBeforeFromWhatWasLostBehindTheCapturingPoint() throws IOException {
        Capture capture = handshake();
        server(capture, 10, 1, 1000);
        server(capture, 11, 2001, 1000);
        server(capture, 300, 1001, 1000);
        server(capture, 600, 2001, 1000);
        server(capture, 700, 4001, 1000);
        CaptureAnalysis analysis = analyze(capture);
        Side server = analysis.conversations().get(0).bToA();
        assertThat(server.tcp().orElseThrow().retransmissions()).isEqualTo(2);
        assertThat(server.tcp().orElseThrow().lostSegments()).isEqualTo(2);
        assertThat(server.strict().filledPercent().orElseThrow()).isCloseTo(25, within(1e-9));
        assertThat(server.strict().repeatedPercent().orElseThrow()).isCloseTo(25, within(1e-9));
        assertThat(server.strict().missingBytes()).isEqualTo(1000);
        assertThat(server.studies().lossPercent().orElseThrow()).isCloseTo(2 * 100.0 / 6, within(1e-9));
        assertThat(analysis.retransmissions()).isEqualTo(2);
    }

    @Test
    void measuresRoundTripsOnlyOfSegmentsSentOnce() throws IOException {
        Capture capture = handshake();
        server(capture, 100, 1, 1000);
        client(capture, 120, 1001);
        server(capture, 200, 1001, 1000);
        server(capture, 500, 1001, 1000);
        client(capture, 501, 2001);
        Side server = analyze(capture).conversations().get(0).bToA();
        assertThat(server.strict().rttMillis().orElseThrow()).isCloseTo(20, within(1e-6));
    }

    @Test
    void findsTheOutageOfAHeldConnectionInWhatTcpRepeats() throws IOException {
        Capture capture = handshake();
        for (int i = 0; i < 100; i++) {
            server(capture, 10 + 10 * i, 1 + 100 * i, 100);
            client(capture, 11 + 10 * i, 101 + 100 * i);
        }
        server(capture, 1010, 10_001, 100);
        server(capture, 1310, 10_001, 100);
        server(capture, 1910, 10_001, 100);
        for (int i = 0; i < 50; i++) {
            client(capture, 2101 + 10 * i, 10_101 + 100 * i);
            server(capture, 2110 + 10 * i, 10_101 + 100 * i, 100);
        }
        Conversation conversation = analyze(capture).conversations().get(0);
        CaptureOutage outage = conversation.outages().stream()
                .filter(found -> found.sign().equals("repeated"))
                .findFirst()
                .orElseThrow();
        assertThat(outage.silent()).isEqualTo("192.0.2.1:40000");
        assertThat(outage.startMillis()).isCloseTo(1001, within(1e-6));
        assertThat(outage.endMillis()).isCloseTo(2101, within(1e-6));
        assertThat(outage.durationMillis()).isCloseTo(1090, within(1.0));
    }

    @Test
    void takesAnIdleConnectionForNoOutage() throws IOException {
        Capture capture = handshake();
        for (int i = 0; i < 5; i++) {
            double at = 1000 * (i + 1);
            capture.add(
                    at, Frames.ethernet(Frames.tcp(CLIENT, SERVER, 1 + 10 * i, 1 + 100 * i, Frames.ACK, WINDOW, 10)));
            capture.add(
                    at + 1,
                    Frames.ethernet(Frames.tcp(SERVER, CLIENT, 1 + 100 * i, 11 + 10 * i, Frames.ACK, WINDOW, 100)));
        }
        assertThat(analyze(capture).conversations().get(0).outageCount()).isZero();
    }

    @Test
    void readsOurOwnProbeByItsNumbers() throws IOException {
        Capture capture = Capture.ethernet();
        for (int i = 0; i < 300; i++) {
            capture.add(i * 10, Frames.ethernet(Frames.probe(PROBE, ECHO, i, 77)));
            if (i < 100 || i >= 150) {
                capture.add(i * 10 + 0.5, Frames.ethernet(Frames.probe(ECHO, PROBE, i, 77)));
            }
        }
        Probe probe = analyze(capture).conversations().get(0).probe().orElseThrow();
        assertThat(probe.sent()).isEqualTo(300);
        assertThat(probe.answered()).isEqualTo(250);
        assertThat(probe.lossPercent()).isCloseTo(50 / 3.0, within(1e-9));
        assertThat(probe.rttMillis().orElseThrow().p50()).isCloseTo(0.5, within(0.001));
        assertThat(probe.rttStdDevMillis().orElseThrow()).isCloseTo(0, within(0.001));
        assertThat(probe.jitterRfc3550Millis().orElseThrow()).isCloseTo(0, within(0.001));
        CaptureOutage outage = probe.outages().get(0);
        assertThat(probe.outageCount()).isEqualTo(1);
        assertThat(outage.durationMillis()).isCloseTo(500, within(1e-6));
        assertThat(outage.silent()).isEqualTo("192.0.2.2:9000");
    }

    @Test
    void addsUpTheTrafficOfAddressesByParts() throws IOException {
        Capture capture = Capture.ethernet();
        for (int i = 0; i < 20; i++) {
            capture.add(i * 100, Frames.ethernet(Frames.udp(PROBE, ECHO, new byte[58])));
            capture.add(i * 100 + 1, Frames.ethernet(Frames.udp(ECHO, PROBE, new byte[158])));
        }
        Instant start = Instant.ofEpochSecond(0, Capture.START_NANOS);
        TrafficMeter meter = TrafficMeter.of(
                List.of(InetAddress.getByName("192.0.2.2")),
                List.of(start, start.plusSeconds(1), start.plusSeconds(3)));
        CaptureAnalyzer.analyze(capture.writePcap(folder.resolve("m")), CaptureAnalyzer.DEFAULT_SILENCE, meter);
        assertThat(meter.toBitsPerSecond(0)).isCloseTo(10 * 100 * 8, within(1e-6));
        assertThat(meter.fromBitsPerSecond(0)).isCloseTo(10 * 200 * 8, within(1e-6));
        assertThat(meter.toBitsPerSecond(1)).isCloseTo(10 * 100 * 8 / 2.0, within(1e-6));
    }

    @Test
    void writesAddressesAsRfc5952Wants() throws Exception {
        for (String address :
                List.of("192.0.2.1", "2001:db8::1", "::", "::1", "fe80::1:0:0:1", "2001:db8:0:1:1:1:1:1")) {
            assertThat(Addresses.text(InetAddress.getByName(address).getAddress()))
                    .isEqualTo(address);
        }
    }

    private Capture handshake() {
        return Capture.ethernet()
                .add(0, Frames.ethernet(Frames.tcp(CLIENT, SERVER, 0, 0, Frames.SYN, WINDOW, 0)))
                .add(1, Frames.ethernet(Frames.tcp(SERVER, CLIENT, 0, 1, Frames.SYN | Frames.ACK, WINDOW, 0)))
                .add(2, Frames.ethernet(Frames.tcp(CLIENT, SERVER, 1, 1, Frames.ACK, WINDOW, 0)));
    }

    private static void server(Capture capture, double at, int sequence, int bytes) {
        capture.add(at, Frames.ethernet(Frames.tcp(SERVER, CLIENT, sequence, 1, Frames.ACK, WINDOW, bytes)));
    }

    private static void client(Capture capture, double at, int acknowledged) {
        capture.add(at, Frames.ethernet(Frames.tcp(CLIENT, SERVER, 1, acknowledged, Frames.ACK, WINDOW, 0)));
    }

    private long firstNanos(Capture capture) throws IOException {
        try (CaptureReader reader = CaptureReader.open(capture.writePcap(folder.resolve("first")))) {
            Frame frame = new Frame();
            assertThat(reader.next(frame)).isTrue();
            return frame.nanos;
        }
    }

    private CaptureAnalysis analyze(Capture capture) throws IOException {
        return analyze(capture.writePcap(folder.resolve("capture.pcap")));
    }

    private static CaptureAnalysis analyze(Path file) throws IOException {
        return CaptureAnalyzer.analyze(file, Duration.ofMillis(200));
    }
}
