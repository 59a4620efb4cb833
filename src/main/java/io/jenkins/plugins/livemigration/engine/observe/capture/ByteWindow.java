package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * A window that slides over a file: what is to be looked at is made present, and what was passed is forgotten. Filled by
 * plain reads into one buffer; a mapped file would show as resident memory of its whole size.
 */
final class ByteWindow {
    private static final int FIRST_BYTES = 1 << 18;
    /** No packet of a healthy capture is longer than this: libpcap's limit is 256 KiB, some tools write 1 MiB. */
    static final int MOST_BYTES = 1 << 24;

    private final ReadableByteChannel channel;
    private ByteBuffer bytes;
    private int position;
    private int limit;

    ByteWindow(ReadableByteChannel channel) {
        this.channel = channel;
        this.bytes = ByteBuffer.allocateDirect(FIRST_BYTES);
    }

    /**
     * Makes so many bytes from the current position on present.
     *
     * @return false if the file ends before
     * @throws IOException if the file cannot be read, or {@code count} is more than a record may have
     */
    boolean ensure(int count) throws IOException {
        return limit - position >= count || fill(count);
    }

    private boolean fill(int count) throws IOException {
        if (count < 0 || count > MOST_BYTES) {
            throw new IOException("a record of " + Integer.toUnsignedString(count) + " bytes: the file is damaged");
        }
        bytes.limit(limit).position(position);
        if (count > bytes.capacity()) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Integer.highestOneBit(count) << 1);
            larger.order(bytes.order()).put(bytes);
            bytes = larger;
        } else {
            bytes.compact();
        }
        limit -= position;
        position = 0;
        while (limit < count) {
            bytes.limit(bytes.capacity()).position(limit);
            int read = channel.read(bytes);
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        bytes.limit(bytes.capacity());
        return true;
    }

    /** In which order the file's own numbers are written. */
    void order(ByteOrder order) {
        bytes.order(order);
    }

    /** The bytes; those from {@link #position()} on that were ensured may be read, by absolute positions. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Where the current position is in {@link #bytes()}. */
    int position() {
        return position;
    }

    /** How many bytes are present from the current position on. */
    int present() {
        return limit - position;
    }

    /** Passes bytes that are present. */
    void skip(int count) {
        position += count;
    }

    int unsignedShort(int offset) {
        return bytes.getShort(position + offset) & 0xFFFF;
    }

    int integer(int offset) {
        return bytes.getInt(position + offset);
    }

    long unsignedInt(int offset) {
        return bytes.getInt(position + offset) & 0xFFFFFFFFL;
    }

    byte single(int offset) {
        return bytes.get(position + offset);
    }
}
