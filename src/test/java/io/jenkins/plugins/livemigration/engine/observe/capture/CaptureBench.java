package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * For {@code bench/analyze}: {@code make FILE FRAME-BYTES FILE-BYTES} writes a capture of 400 TCP flows with some loss,
 * {@code read FILE} analyses it in this Java, and prints seconds, frames and the resident memory's peak.
 */
final class CaptureBench {
    private static final int FLOWS = 400;
    private static final int HEADERS = 54;

    private CaptureBench() {}

    /** See the class. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        if (arguments[0].equals("make")) {
            make(file, Integer.parseInt(arguments[2], 10), Long.parseLong(arguments[3], 10));
            return;
        }
        long start = System.nanoTime();
        CaptureAnalysis analysis = CaptureAnalyzer.analyze(file, CaptureAnalyzer.DEFAULT_SILENCE);
        double seconds = (System.nanoTime() - start) / 1e9;
        String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("VmHWM: ?")
                .replaceAll("[^0-9]", "");
        System.out.printf(
                Locale.ROOT,
                "%.3f %d %d %d %s%n",
                seconds,
                analysis.frames(),
                analysis.conversations().size(),
                analysis.retransmissions(),
                peak);
    }

    /** Every flow sends in turn; each 500th segment is not captured and comes again 30 segments of its flow later. */
    private static void make(Path file, int frameBytes, long fileBytes) throws IOException {
        int payload = frameBytes - HEADERS;
        int[] next = new int[FLOWS];
        int[] hole = new int[FLOWS];
        int[] since = new int[FLOWS];
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(1);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(header.array());
            ByteBuffer record = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            byte[] data;
            long micros = 1_795_132_800L * 1_000_000;
            long written = 24;
            for (long i = 0; written < fileBytes; i++) {
                int flow = (int) (i % FLOWS);
                boolean ack = i / FLOWS % 3 == 2;
                micros += 5;
                if (ack) {
                    data = frame(flow, true, 1, next[flow], 0);
                } else {
                    if (since[flow]++ % 500 == 499) {
                        hole[flow] = next[flow] == 0 ? 1 : next[flow];
                        next[flow] += payload;
                    }
                    boolean again = hole[flow] != 0 && since[flow] % 500 == 30;
                    data = frame(flow, false, again ? hole[flow] : next[flow], 1, payload);
                    if (again) {
                        hole[flow] = 0;
                    } else {
                        next[flow] += payload;
                    }
                }
                record.clear();
                record.putInt((int) (micros / 1_000_000)).putInt((int) (micros % 1_000_000));
                record.putInt(data.length).putInt(data.length);
                out.write(record.array());
                out.write(data);
                written += 16 + data.length;
            }
        }
    }

    private static byte[] frame(int flow, boolean fromClient, int sequence, int acknowledged, int payload) {
        ByteBuffer frame = ByteBuffer.allocate(HEADERS + payload);
        frame.putLong(0x0200000000010200L).putInt(2).putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (40 + payload)).putInt(0);
        frame.put((byte) 64).put((byte) 6).putShort((short) 0);
        int client = 0x0A000100 + flow;
        int server = 0x0A000001;
        frame.putInt(fromClient ? client : server).putInt(fromClient ? server : client);
        frame.putShort((short) (fromClient ? 40000 : 80)).putShort((short) (fromClient ? 80 : 40000));
        frame.putInt(sequence)
                .putInt(acknowledged)
                .put((byte) 0x50)
                .put((byte) 16)
                .putShort((short) 60000);
        return frame.array();
    }
}
