package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One frame as the capture has it. One object serves for all frames of a file; what it says holds until the next one is
 * read.
 */
final class Frame {
    /** Since 1970; 0 if the record has no time. */
    long nanos;
    /** libpcap's number of the link layer. */
    int linkType;
    /** How long it was on the wire. */
    int length;
    /** How much of it was kept. */
    int captured;
    /** Where it is: from {@link #offset} on. */
    ByteBuffer bytes = ByteBuffer.allocate(0);

    int offset;
    private boolean littleEndian;

    void set(ByteWindow window, int from, int capturedLength, int wireLength, long atNanos, int link) {
        bytes = window.bytes();
        littleEndian = bytes.order() == ByteOrder.LITTLE_ENDIAN;
        offset = window.position() + from;
        captured = capturedLength;
        length = wireLength;
        nanos = atNanos;
        linkType = link;
    }

    /** A number of two bytes in network order. */
    int unsignedShort(int at) {
        short raw = bytes.getShort(offset + at);
        return (littleEndian ? Short.reverseBytes(raw) : raw) & 0xFFFF;
    }

    /** A number of four bytes in network order. */
    int integer(int at) {
        int raw = bytes.getInt(offset + at);
        return littleEndian ? Integer.reverseBytes(raw) : raw;
    }

    /** A number of eight bytes in network order. */
    long longInteger(int at) {
        long raw = bytes.getLong(offset + at);
        return littleEndian ? Long.reverseBytes(raw) : raw;
    }

    /** A number of one byte. */
    int unsignedByte(int at) {
        return bytes.get(offset + at) & 0xFF;
    }
}
