package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * Adds up the traffic with some addresses in consecutive parts of time: what went to them, and what came from them. Not for
 * use by several threads.
 */
public final class TrafficMeter {
    private static final long NANOS = 1_000_000_000L;

    private final long[][] addresses;
    private final long[] edges;
    private final long[] toBytes;
    private final long[] fromBytes;

    private TrafficMeter(List<InetAddress> watched, List<Instant> edges) {
        addresses = new long[watched.size()][];
        for (int i = 0; i < addresses.length; i++) {
            ByteBuffer raw = ByteBuffer.wrap(watched.get(i).getAddress());
            addresses[i] = raw.remaining() == 4
                    ? new long[] {Packet.V4_MARK, raw.getInt() & 0xFFFFFFFFL}
                    : new long[] {raw.getLong(), raw.getLong()};
        }
        this.edges = edges.stream()
                .mapToLong(edge -> edge.getEpochSecond() * NANOS + edge.getNano())
                .toArray();
        int parts = Math.max(0, this.edges.length - 1);
        this.toBytes = new long[parts];
        this.fromBytes = new long[parts];
    }

    /** A meter that measures nothing. */
    public static TrafficMeter of() {
        return new TrafficMeter(List.of(), List.of());
    }

    /**
     * A meter of the traffic with these addresses.
     *
     * @param edges in order; part i is from edge i (inclusive) to edge i + 1 (exclusive), by the capturing machine's clock
     */
    public static TrafficMeter of(List<InetAddress> addresses, List<Instant> edges) {
        return new TrafficMeter(addresses, edges);
    }

    void take(Frame frame, Packet packet) {
        for (long[] address : addresses) {
            boolean to = packet.targetHigh == address[0] && packet.targetLow == address[1];
            boolean from = packet.sourceHigh == address[0] && packet.sourceLow == address[1];
            if (to || from) {
                int part = part(frame.nanos);
                if (part >= 0) {
                    (to ? toBytes : fromBytes)[part] += frame.length;
                }
                return;
            }
        }
    }

    private int part(long nanos) {
        for (int i = 0; i + 1 < edges.length; i++) {
            if (nanos >= edges[i] && nanos < edges[i + 1]) {
                return i;
            }
        }
        return -1;
    }

    /** Whether it has addresses to watch. */
    public boolean watches() {
        return addresses.length > 0;
    }

    /** Bits per second, headers included, that went to the addresses in a part; 0 for a part without length. */
    public double toBitsPerSecond(int part) {
        return rate(toBytes[part], part);
    }

    /** Bits per second, headers included, that came from the addresses in a part; 0 for a part without length. */
    public double fromBitsPerSecond(int part) {
        return rate(fromBytes[part], part);
    }

    private double rate(long bytes, int part) {
        long length = edges[part + 1] - edges[part];
        return length <= 0 ? 0 : bytes * 8.0 * NANOS / length;
    }
}
