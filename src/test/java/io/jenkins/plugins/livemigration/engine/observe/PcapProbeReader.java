package io.jenkins.plugins.livemigration.engine.observe;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds a UDP probe's own packets in a capture that {@code tcpdump -w} made on the client's interface, and makes a trace of
 * them, with the kernel's time stamps instead of ours: the judge of what a probe says.
 *
 * <p>Reads classic pcap (microseconds or nanoseconds, either byte order) of Ethernet, Linux "any" (SLL, SLL2) and raw IP, with
 * IPv4 or IPv6. The trace's scheduled times are slot numbers; its other times are wall-clock nanoseconds.
 */
public final class PcapProbeReader {
    private static final int MICROS = 0xA1B2C3D4;
    private static final int NANOS = 0xA1B23C4D;
    private static final int UDP = 17;

    private final int port;
    private final Map<Long, RecordedTrace.Builder> traces = new LinkedHashMap<>();

    private PcapProbeReader(int port) {
        this.port = port;
    }

    /**
     * Reads the packets of the first probe whose packets to or from that port the capture holds.
     *
     * @param port the service's
     */
    public static RecordedTrace read(Path capture, int port) throws IOException {
        return readAll(capture, port).get(0);
    }

    /** Reads the packets of all probes, in the order of their first packets. */
    public static List<RecordedTrace> readAll(Path capture, int port) throws IOException {
        PcapProbeReader reader = new PcapProbeReader(port);
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(capture), 1 << 16))) {
            reader.read(in);
        }
        return reader.traces.values().stream().map(RecordedTrace.Builder::build).toList();
    }

    /** Slots of attempts that were sent between two moments and have no answer. */
    public static Set<Long> unanswered(ProbeTrace trace, long from, long until, long firstDue, long interval) {
        Set<Long> slots = new TreeSet<>();
        for (int i = 0; i < trace.size(); i++) {
            if (trace.sentNanos(i) >= from && trace.sentNanos(i) < until && !trace.answered(i)) {
                slots.add((trace.scheduledNanos(i) - firstDue) / interval);
            }
        }
        return slots;
    }

    private void read(DataInputStream in) throws IOException {
        int magic = in.readInt();
        boolean swapped = magic != MICROS && magic != NANOS;
        int kind = swapped ? Integer.reverseBytes(magic) : magic;
        if (kind != MICROS && kind != NANOS) {
            throw new IOException("not a classic pcap file");
        }
        in.skipNBytes(16);
        int linkType = number(in, swapped);
        try {
            while (true) {
                long seconds = Integer.toUnsignedLong(number(in, swapped));
                long fraction = Integer.toUnsignedLong(number(in, swapped));
                byte[] packet = new byte[number(in, swapped)];
                in.skipNBytes(4);
                in.readFully(packet);
                long nanos = seconds * 1_000_000_000L + (kind == NANOS ? fraction : fraction * 1_000);
                link(linkType, ByteBuffer.wrap(packet).order(ByteOrder.BIG_ENDIAN), nanos);
            }
        } catch (EOFException end) {
            // tcpdump was ended: the last record may be torn.
        }
    }

    private static int number(DataInputStream in, boolean swapped) throws IOException {
        int number = in.readInt();
        return swapped ? Integer.reverseBytes(number) : number;
    }

    private void link(int type, ByteBuffer packet, long nanos) throws IOException {
        switch (type) {
            case 1 -> {
                int at = 12;
                while (packet.limit() > at + 2 && packet.getShort(at) == (short) 0x8100) {
                    at += 4;
                }
                ip(packet, at + 2, nanos);
            }
            case 113 -> ip(packet, 16, nanos);
            case 276 -> ip(packet, 20, nanos);
            case 101 -> ip(packet, 0, nanos);
            default -> throw new IOException("link type " + type + " is not read here");
        }
    }

    private void ip(ByteBuffer packet, int at, long nanos) {
        if (packet.limit() <= at) {
            return;
        }
        int version = packet.get(at) >>> 4 & 0xF;
        if (version == 4 && packet.limit() >= at + 20 && packet.get(at + 9) == UDP) {
            udp(packet, at + 4 * (packet.get(at) & 0xF), nanos);
        } else if (version == 6 && packet.limit() >= at + 40 && packet.get(at + 6) == UDP) {
            udp(packet, at + 40, nanos);
        }
    }

    private void udp(ByteBuffer packet, int at, long nanos) {
        int payload = at + 8;
        if (packet.limit() < payload + 16 || packet.getInt(payload) != UdpProbe.MAGIC) {
            return;
        }
        int source = Short.toUnsignedInt(packet.getShort(at));
        int destination = Short.toUnsignedInt(packet.getShort(at + 2));
        int slot = packet.getInt(payload + 4);
        long token = packet.getLong(payload + 8);
        if (source != port && destination != port) {
            return;
        }
        RecordedTrace.Builder trace = traces.computeIfAbsent(token, first -> new RecordedTrace.Builder(0, 1));
        if (destination == port) {
            trace.sent(slot, nanos);
        } else {
            trace.replied(slot, nanos);
        }
    }
}
