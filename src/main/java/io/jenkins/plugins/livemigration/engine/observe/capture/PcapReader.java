package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/** The classic format of tcpdump: a header of 24 bytes, then per frame 16 bytes (time, lengths) and the frame. */
final class PcapReader extends CaptureReader {
    static final int HEADER_BYTES = 24;
    private static final int RECORD_BYTES = 16;
    /** Above are flags about the frame check sequence. */
    private static final int LINK_TYPE_BITS = 0x0FFFFFFF;

    private final ByteWindow window;
    private final int nanosPerUnit;
    private final int linkType;
    private int pending;

    PcapReader(ReadableByteChannel channel, ByteWindow window, boolean nanoseconds) {
        super(channel);
        this.window = window;
        this.nanosPerUnit = nanoseconds ? 1 : 1000;
        this.linkType = window.integer(20) & LINK_TYPE_BITS;
        this.pending = HEADER_BYTES;
    }

    @Override
    String format() {
        return "pcap";
    }

    @Override
    boolean next(Frame frame) throws IOException {
        window.skip(pending);
        pending = 0;
        if (!window.ensure(RECORD_BYTES)) {
            return window.present() > 0 && endedWithin();
        }
        long nanos = window.unsignedInt(0) * 1_000_000_000L + window.unsignedInt(4) * nanosPerUnit;
        int captured = window.integer(8);
        int length = window.integer(12);
        if (captured < 0 || captured > ByteWindow.MOST_BYTES - RECORD_BYTES) {
            throw new IOException("a frame of " + Integer.toUnsignedString(captured) + " bytes: the file is damaged");
        }
        if (!window.ensure(RECORD_BYTES + captured)) {
            return endedWithin();
        }
        frame.set(window, RECORD_BYTES, captured, Math.max(length, captured), nanos, linkType);
        pending = RECORD_BYTES + captured;
        return true;
    }
}
