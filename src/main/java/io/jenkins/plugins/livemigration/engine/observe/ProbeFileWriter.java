package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.SideFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Appends a probe's records to its file.
 *
 * <p>The probe's threads only put records into a buffer ({@link #sent}, {@link #replied}, {@link #broke}: thread-safe, no
 * allocation, never on the disk's time unless the disk has stalled for seconds and the buffer is full). One other thread
 * calls {@link #flush} every few tens of milliseconds, so that a killed engine loses at most that much.
 */
final class ProbeFileWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 17;
    private static final long FULL_BUFFER_WAIT_NANOS = 1_000_000;

    private final ProbeFile header;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.digest();
    private final Object filling = new Object();
    private final Object writing = new Object();
    private ByteBuffer front = ByteBuffer.allocate(BUFFER_BYTES);
    private ByteBuffer back = ByteBuffer.allocate(BUFFER_BYTES);
    private long length;
    private volatile @Nullable IOException failure;

    private ProbeFileWriter(ProbeFile header, Path file, FileChannel channel) {
        this.header = header;
        this.file = file;
        this.channel = channel;
    }

    /**
     * Creates the file and writes its header.
     *
     * @throws IOException if that is not possible, also because the file is there already
     */
    static ProbeFileWriter create(Path file, ProbeFile header) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ProbeFileWriter writer = new ProbeFileWriter(header, file, channel);
        try {
            writer.write(ByteBuffer.wrap(header.toBytes()));
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
        return writer;
    }

    void sent(long slot, long nanos) {
        sent(slot, nanos, 0);
    }

    /** @param tookNanos it left so long afterwards at the latest */
    void sent(long slot, long nanos, long tookNanos) {
        append(ProbeFile.SENT << 24 | ProbeFile.micros(tookNanos), slot, nanos);
    }

    void replied(long slot, long nanos) {
        append(ProbeFile.REPLIED << 24, slot, nanos);
    }

    /** The other end received it and sent its reply then, by its own clock. */
    void stamped(long slot, long peerReceived, long peerSent) {
        append(ProbeFile.PEER_RECEIVED << 24, slot, peerReceived);
        append(ProbeFile.PEER_SENT << 24, slot, peerSent);
    }

    /** The other end had received so many attempts when it received this one, itself included. */
    void counted(long slot, int arrivals) {
        append(ProbeFile.PEER_COUNTED << 24, slot, arrivals);
    }

    void broke(long nanos) {
        append(ProbeFile.BROKE << 24, 0, nanos);
    }

    /** This machine is watched from that moment on, and what lasts no longer than the resolution is not noticed. */
    void watched(long nanos, long resolutionNanos) {
        append(ProbeFile.WATCHED << 24 | ProbeFile.micros(resolutionNanos), 0, nanos);
    }

    /** It held us up; called by any thread. */
    void heldUp(int processor, long since, long until) {
        long most = ProbeFile.MOST_MICROS * ProbeFile.NANOS_PER_MICRO;
        for (long from = since; from < until; from += most) {
            append(ProbeFile.HELD_UP << 24 | ProbeFile.micros(until - from), processor, from);
        }
    }

    private void append(int head, long slot, long nanos) {
        while (failure == null) {
            synchronized (filling) {
                if (front.remaining() >= ProbeFile.RECORD_BYTES) {
                    front.putInt(head).putInt((int) slot).putLong(nanos);
                    return;
                }
            }
            LockSupport.parkNanos(FULL_BUFFER_WAIT_NANOS);
        }
    }

    /** Hands what was appended so far to the operating system. */
    void flush() {
        synchronized (writing) {
            ByteBuffer full;
            synchronized (filling) {
                if (front.position() == 0) {
                    return;
                }
                full = front;
                front = back;
                back = full;
            }
            full.flip();
            try {
                if (failure == null) {
                    write(full);
                }
            } catch (IOException failed) {
                failure = failed;
            } finally {
                full.clear();
            }
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        ByteBuffer written = bytes.duplicate();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        length += written.remaining();
        digest.update(written);
    }

    /**
     * Writes the rest and closes the file. No appends may follow.
     *
     * @throws UncheckedIOException if records could not be written (the disk is full); the file stays as far as it got
     */
    SideFile complete() {
        synchronized (writing) {
            close();
            IOException failed = failure;
            if (failed != null) {
                throw new UncheckedIOException(file + ": " + failed.getMessage(), failed);
            }
            String name = String.valueOf(file.getFileName());
            return new SideFile(header.probe(), name, length, HexFormat.of().formatHex(digest.digest()));
        }
    }

    /** Closes the file; what was appended is written if that is still possible. Does nothing after {@link #complete}. */
    @Override
    public void close() {
        synchronized (writing) {
            if (channel.isOpen()) {
                flush();
                try {
                    channel.close();
                } catch (IOException failed) {
                    failure = failed;
                }
            }
        }
    }
}
