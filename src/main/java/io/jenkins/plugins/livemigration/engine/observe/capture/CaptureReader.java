package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;

/**
 * Reads the frames of a capture, one after another: pcap (both byte orders, micro- and nanoseconds) and pcapng, plain or
 * compressed with gzip. The kind is told from the file's first bytes, never from its name. Not for use by several threads.
 */
abstract class CaptureReader implements Closeable {
    private static final int GZIP_MAGIC = 0x1F8B;
    private static final int GZIP_BUFFER = 1 << 16;
    private static final int PCAP_MICROS = 0xA1B2C3D4;
    private static final int PCAP_NANOS = 0xA1B23C4D;

    private final ReadableByteChannel channel;
    private boolean torn;

    CaptureReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens a capture.
     *
     * @throws IOException if it cannot be read, or is none
     */
    static CaptureReader open(Path file) throws IOException {
        ReadableByteChannel channel = isGzip(file)
                ? Channels.newChannel(new GZIPInputStream(Files.newInputStream(file), GZIP_BUFFER))
                : FileChannel.open(file, StandardOpenOption.READ);
        try {
            return of(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static boolean isGzip(Path file) throws IOException {
        try (InputStream start = new BufferedInputStream(Files.newInputStream(file), 2)) {
            return (start.read() << 8 | start.read()) == GZIP_MAGIC;
        }
    }

    private static CaptureReader of(ReadableByteChannel channel) throws IOException {
        ByteWindow window = new ByteWindow(channel);
        if (!window.ensure(PcapReader.HEADER_BYTES)) {
            throw new IOException("too short for a packet capture");
        }
        window.order(ByteOrder.BIG_ENDIAN);
        int magic = window.integer(0);
        if (magic == PcapngReader.SECTION) {
            return new PcapngReader(channel, window);
        }
        if (magic == Integer.reverseBytes(PCAP_MICROS) || magic == Integer.reverseBytes(PCAP_NANOS)) {
            window.order(ByteOrder.LITTLE_ENDIAN);
            magic = window.integer(0);
        }
        if (magic == PCAP_MICROS || magic == PCAP_NANOS) {
            return new PcapReader(channel, window, magic == PCAP_NANOS);
        }
        throw new IOException("neither pcap nor pcapng");
    }

    /** The name of the format: {@code pcap} or {@code pcapng}. */
    abstract String format();

    /**
     * Reads the next frame.
     *
     * @return false after the last one
     * @throws IOException if the file cannot be read or is damaged
     */
    abstract boolean next(Frame frame) throws IOException;

    /** Whether the file ended within a record, as it does when the capturing machine or program died. */
    final boolean torn() {
        return torn;
    }

    /** The file ended within a record. Returns false, for {@link #next}. */
    final boolean endedWithin() {
        torn = true;
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
