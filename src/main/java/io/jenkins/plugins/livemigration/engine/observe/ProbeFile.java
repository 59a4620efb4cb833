package io.jenkins.plugins.livemigration.engine.observe;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The side file in which a probe's records of one sample are kept.
 *
 * <p>Format, version 2. All numbers are big-endian; times are nanoseconds since the run's start.
 *
 * <pre>
 * header
 *   8 bytes   "LMBPROBE"
 *   int32     version, 2 (1 of old files, which have no records of types 7 and 8)
 *   int64     when slot 0 was due
 *   int64     planned spacing of the slots
 *   int8      1 if the probe keeps that schedule, 0 if it sends when it can (ping)
 *   text      name of the probe   (uint16 length in bytes, then UTF-8)
 *   text      kind of the probe
 * records, 16 bytes each, in the order in which things happened
 *   int8      1 sent, 2 replied, 3 held connection broke; and where the other end stamps attempts, by its own clock:
 *             4 it received one, 5 it sent the reply; where it counts them, 6 how many it had received with this one;
 *             7 this machine is watched from now on, 8 it held us up from that time on
 *   3 bytes   in microseconds, rounded up: of a sent one how long the sending took (0 in old files), of 7 how long a
 *             hold-up may be that is not noticed, of 8 how long it lasted (a longer one has several records); else 0
 *   int32     slot, from 0 (0 for 3 and 7; of 8 the processor's number, or -1: only the probe's own reading thread)
 *   int64     time; the number for 6
 * </pre>
 *
 * <p>The file is appended to while the probe runs and may end anywhere: what is left of a record at the end is ignored,
 * and so is everything from the first record of an unknown type on. A slot that was sent and has no reply record was not
 * answered. Of several replies to one slot the earliest counts.
 *
 * @param probe the probe's name
 * @param kind its kind: {@code udp}, {@code http}, ...
 * @param startNanos when slot 0 was due
 * @param intervalNanos planned spacing
 * @param scheduled whether it keeps that schedule
 */
public record ProbeFile(String probe, String kind, long startNanos, long intervalNanos, boolean scheduled) {
    static final byte SENT = 1;
    static final byte REPLIED = 2;
    static final byte BROKE = 3;
    static final byte PEER_RECEIVED = 4;
    static final byte PEER_SENT = 5;
    static final byte PEER_COUNTED = 6;
    static final byte WATCHED = 7;
    static final byte HELD_UP = 8;
    static final int NO_PROCESSOR = -1;
    static final int RECORD_BYTES = 16;

    static final int MOST_MICROS = 0xFFFFFF;
    static final long NANOS_PER_MICRO = 1_000;
    private static final byte[] MAGIC = "LMBPROBE".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;
    private static final int CHUNK_RECORDS = 4096;

    /** As a record has it: rounded up, and at most what fits. */
    static int micros(long nanos) {
        return (int) Math.min(MOST_MICROS, (nanos + NANOS_PER_MICRO - 1) / NANOS_PER_MICRO);
    }

    /** What a file says. */
    public record Content(ProbeFile header, RecordedTrace trace) {}

    /**
     * Reads a file as far as it is whole.
     *
     * @throws IOException if it cannot be read, or is not a probe file of a version that this engine knows
     */
    public static Content read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(new BufferedInputStream(in, CHUNK_RECORDS * RECORD_BYTES), file.toString());
        }
    }

    private static Content read(InputStream in, String name) throws IOException {
        ProbeFile header = readHeader(new DataInputStream(in), name);
        RecordedTrace.Builder trace =
                new RecordedTrace.Builder(header.startNanos, header.scheduled ? header.intervalNanos : 0);
        byte[] bytes = new byte[CHUNK_RECORDS * RECORD_BYTES];
        ByteBuffer records = ByteBuffer.wrap(bytes);
        int length;
        do {
            length = in.readNBytes(bytes, 0, bytes.length);
            for (int at = 0; at + RECORD_BYTES <= length; at += RECORD_BYTES) {
                int slot = records.getInt(at + 4);
                long nanos = records.getLong(at + 8);
                long took = (records.getInt(at) & MOST_MICROS) * NANOS_PER_MICRO;
                switch (records.get(at)) {
                    case SENT -> trace.sent(slot, nanos, took);
                    case REPLIED -> trace.replied(slot, nanos);
                    case BROKE -> trace.broke(nanos);
                    case PEER_RECEIVED -> trace.peerReceived(slot, nanos);
                    case PEER_SENT -> trace.peerSent(slot, nanos);
                    case PEER_COUNTED -> trace.peerCounted(slot, nanos);
                    case WATCHED -> trace.watched(took);
                    case HELD_UP -> trace.heldUp(nanos, nanos + took);
                    default -> {
                        return new Content(header, trace.build());
                    }
                }
            }
        } while (length == bytes.length);
        return new Content(header, trace.build());
    }

    private static ProbeFile readHeader(DataInputStream in, String name) throws IOException {
        try {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException(name + ": not a probe file");
            }
            int version = in.readInt();
            if (version < 1 || version > VERSION) {
                throw new IOException(
                        name + ": probe file of version " + version + "; this engine reads up to " + VERSION);
            }
            long start = in.readLong();
            long interval = in.readLong();
            boolean scheduled = in.readByte() == 1;
            return new ProbeFile(readText(in), readText(in), start, interval, scheduled);
        } catch (EOFException torn) {
            throw new IOException(name + ": ends inside its header", torn);
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] text = new byte[in.readUnsignedShort()];
        in.readFully(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** The header's bytes. */
    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeInt(VERSION);
            out.writeLong(startNanos);
            out.writeLong(intervalNanos);
            out.writeByte(scheduled ? 1 : 0);
            writeText(out, probe);
            writeText(out, kind);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory cannot fail to be written", impossible);
        }
        return bytes.toByteArray();
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0xFFFF) {
            throw new IllegalArgumentException("text of " + bytes.length + " bytes is too long for a probe file");
        }
        out.writeShort(bytes.length);
        out.write(bytes);
    }
}
