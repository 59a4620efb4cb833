package io.jenkins.plugins.livemigration.engine.observe.capture;

import io.jenkins.plugins.livemigration.engine.observe.capture.Frames.End;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A capture for tests of other packages: a TCP connection with one repetition, and our own probe with an outage of 500 ms. */
public final class CaptureOfAnOutage {
    private static final End CLIENT = new End("192.0.2.1", 40_000);
    private static final End SERVER = new End("192.0.2.2", 80);
    private static final End PROBE = new End("192.0.2.1", 5_000);
    private static final End ECHO = new End("192.0.2.2", 9_000);
    private static final int WINDOW = 64_000;

    private CaptureOfAnOutage() {}

    /** Writes it as pcap, compressed. */
    public static Path write(Path file) {
        Capture capture = Capture.ethernet();
        for (int i = 0; i < 300; i++) {
            capture.add(i * 10, Frames.ethernet(Frames.probe(PROBE, ECHO, i, 77)));
            if (i < 100 || i >= 150) {
                capture.add(i * 10 + 0.5, Frames.ethernet(Frames.probe(ECHO, PROBE, i, 77)));
            }
        }
        capture.add(4_000, Frames.ethernet(Frames.tcp(CLIENT, SERVER, 0, 0, Frames.SYN, WINDOW, 0)));
        capture.add(4_001, Frames.ethernet(Frames.tcp(SERVER, CLIENT, 0, 1, Frames.SYN | Frames.ACK, WINDOW, 0)));
        capture.add(4_002, Frames.ethernet(Frames.tcp(CLIENT, SERVER, 1, 1, Frames.ACK, WINDOW, 0)));
        capture.add(4_010, Frames.ethernet(Frames.tcp(SERVER, CLIENT, 1, 1, Frames.ACK, WINDOW, 1_000)));
        capture.add(4_310, Frames.ethernet(Frames.tcp(SERVER, CLIENT, 1, 1, Frames.ACK, WINDOW, 1_000)));
        capture.add(4_311, Frames.ethernet(Frames.tcp(CLIENT, SERVER, 1, 1_001, Frames.ACK, WINDOW, 0)));
        return capture.writeGzip(file, capture.pcap(ByteOrder.LITTLE_ENDIAN, false));
    }
}
