package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * pcapng (draft-ietf-opsawg-pcapng): sections, each with interfaces of their own link layer and clock resolution, and
 * frames as enhanced, simple or (obsolete) packet blocks. Other blocks are passed over.
 */
final class PcapngReader extends CaptureReader {
    static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int PACKET = 2;
    private static final int SIMPLE = 3;
    private static final int ENHANCED = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int BLOCK_EDGE = 8;
    private static final int PACKET_HEADER = 28;
    private static final int SIMPLE_HEADER = 12;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;
    private static final long NANOS = 1_000_000_000L;

    /** How one interface of a section counts time. */
    private record Clock(int linkType, long unitsPerSecond, long offsetSeconds) {
        long nanos(long units) {
            long seconds = Long.divideUnsigned(units, unitsPerSecond);
            long rest = Long.remainderUnsigned(units, unitsPerSecond);
            long part = unitsPerSecond <= NANOS
                    ? rest * NANOS / unitsPerSecond
                    : (long) ((double) rest * NANOS / unitsPerSecond);
            return (seconds + offsetSeconds) * NANOS + part;
        }
    }

    private final ByteWindow window;
    private final List<Clock> interfaces = new ArrayList<>();
    private int pending;

    PcapngReader(ReadableByteChannel channel, ByteWindow window) {
        super(channel);
        this.window = window;
    }

    @Override
    String format() {
        return "pcapng";
    }

    @Override
    boolean next(Frame frame) throws IOException {
        while (true) {
            window.skip(pending);
            pending = 0;
            if (!window.ensure(BLOCK_EDGE + 4)) {
                return window.present() > 0 && endedWithin();
            }
            int type = window.integer(0);
            if (type == SECTION) {
                beginSection();
            }
            int length = window.integer(4);
            if (length < BLOCK_EDGE + 4 || (length & 3) != 0) {
                throw new IOException("a block of " + Integer.toUnsignedString(length) + " bytes: the file is damaged");
            }
            if (!window.ensure(length)) {
                return endedWithin();
            }
            pending = length;
            switch (type) {
                case INTERFACE -> addInterface(length);
                case ENHANCED -> {
                    enhanced(frame, length, window.integer(8));
                    return true;
                }
                case PACKET -> {
                    enhanced(frame, length, window.unsignedShort(8));
                    return true;
                }
                case SIMPLE -> {
                    simple(frame, length);
                    return true;
                }
                default -> {
                    // Name resolution, statistics, comments: nothing that is measured.
                }
            }
        }
    }

    private void beginSection() throws IOException {
        if (window.integer(8) != BYTE_ORDER_MAGIC) {
            window.order(
                    window.bytes().order() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        }
        if (window.integer(8) != BYTE_ORDER_MAGIC) {
            throw new IOException("a section without byte order: the file is damaged");
        }
        interfaces.clear();
    }

    private void addInterface(int length) throws IOException {
        if (length < 20) {
            throw damaged();
        }
        long unitsPerSecond = 1_000_000;
        long offsetSeconds = 0;
        int at = 16;
        while (at + 4 <= length - 4) {
            int option = window.unsignedShort(at);
            int size = window.unsignedShort(at + 2);
            if (option == 0 || at + 4 + size > length - 4) {
                break;
            }
            if (option == OPTION_RESOLUTION && size == 1) {
                unitsPerSecond = unitsPerSecond(window.single(at + 4));
            } else if (option == OPTION_OFFSET && size == 8) {
                offsetSeconds = window.bytes().getLong(window.position() + at + 4);
            }
            at += 4 + ((size + 3) & ~3);
        }
        interfaces.add(new Clock(window.unsignedShort(8), unitsPerSecond, offsetSeconds));
    }

    /** A power of ten, or of two if the highest bit is set. */
    private static long unitsPerSecond(byte resolution) throws IOException {
        int exponent = resolution & 0x7F;
        if (resolution < 0) {
            if (exponent > 62) {
                throw damaged();
            }
            return 1L << exponent;
        }
        if (exponent > 18) {
            throw damaged();
        }
        long units = 1;
        for (int i = 0; i < exponent; i++) {
            units *= 10;
        }
        return units;
    }

    private void enhanced(Frame frame, int length, int interfaceNumber) throws IOException {
        if (length < PACKET_HEADER + 4 || interfaceNumber < 0 || interfaceNumber >= interfaces.size()) {
            throw damaged();
        }
        int captured = window.integer(20);
        if (captured < 0 || captured > length - PACKET_HEADER - 4) {
            throw damaged();
        }
        Clock clock = interfaces.get(interfaceNumber);
        long units = window.unsignedInt(12) << 32 | window.unsignedInt(16);
        int wire = Math.max(window.integer(24), captured);
        frame.set(window, PACKET_HEADER, captured, wire, clock.nanos(units), clock.linkType());
    }

    private void simple(Frame frame, int length) throws IOException {
        if (length < SIMPLE_HEADER + 4 || interfaces.isEmpty()) {
            throw damaged();
        }
        int wire = window.integer(8);
        int captured = Math.min(wire, length - SIMPLE_HEADER - 4);
        if (captured < 0) {
            throw damaged();
        }
        frame.set(window, SIMPLE_HEADER, captured, wire, 0, interfaces.get(0).linkType());
    }

    private static IOException damaged() {
        return new IOException("a block that contradicts itself: the file is damaged");
    }
}
