package io.jenkins.plugins.livemigration.engine.observe.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A capture in the making: frames with their times, written in any of the formats. */
final class Capture {
    /** 2026-11-20T00:00:00Z. */
    static final long START_NANOS = 1_795_132_800L * 1_000_000_000L;

    private final int linkType;
    private final List<Kept> frames = new ArrayList<>();
    private int snapLength = 262_144;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Kept(long nanos, byte[] bytes) {}

    Capture(int linkType) {
        this.linkType = linkType;
    }

    static Capture ethernet() {
        return new Capture(1);
    }

    /** Keeps only so many bytes of each frame. */
    Capture cutTo(int bytes) {
        snapLength = bytes;
        return this;
    }

    /** Adds a frame, so long after the start of the capture. */
    Capture add(double atMillis, byte[] frame) {
        frames.add(new Kept(START_NANOS + Math.round(atMillis * 1000) * 1000, frame));
        return this;
    }

    long bytes() {
        return frames.stream().mapToLong(frame -> frame.bytes().length).sum();
    }

    int size() {
        return frames.size();
    }

    Path writePcap(Path file) {
        return write(file, pcap(ByteOrder.LITTLE_ENDIAN, false));
    }

    Path writeGzip(Path file, byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return write(file, packed.toByteArray());
    }

    static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    byte[] pcap(ByteOrder order, boolean nanoseconds) {
        ByteBuffer out = buffer(order);
        out.putInt(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4).putShort((short) 2).putShort((short) 4);
        out.putLong(0).putInt(snapLength).putInt(linkType);
        for (Kept frame : frames) {
            int captured = Math.min(snapLength, frame.bytes().length);
            long rest = frame.nanos() % 1_000_000_000L;
            out.putInt((int) (frame.nanos() / 1_000_000_000L)).putInt((int) (nanoseconds ? rest : rest / 1000));
            out.putInt(captured).putInt(frame.bytes().length).put(frame.bytes(), 0, captured);
        }
        return content(out);
    }

    /** @param resolution the option if_tsresol */
    byte[] pcapng(ByteOrder order, int resolution) {
        ByteBuffer out = buffer(order);
        out.putInt(0x0A0D0D0A).putInt(28).putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0);
        out.putLong(-1).putInt(28);
        out.putInt(1).putInt(32).putShort((short) linkType).putShort((short) 0).putInt(snapLength);
        out.putShort((short) 9).putShort((short) 1).put((byte) resolution).put(new byte[3]);
        out.putInt(0).putInt(32);
        // A block that says nothing about frames, and has to be passed over.
        out.putInt(0x80000ABC).putInt(16).putInt(0).putInt(16);
        for (Kept frame : frames) {
            int captured = Math.min(snapLength, frame.bytes().length);
            int padded = captured + 3 & ~3;
            long units = (resolution & 0x80) != 0
                    ? Math.floorDiv(frame.nanos(), 1_000_000_000L) * (1L << (resolution & 0x7F))
                            + Math.floorMod(frame.nanos(), 1_000_000_000L)
                                    * (1L << (resolution & 0x7F))
                                    / 1_000_000_000L
                    : frame.nanos() / Math.round(Math.pow(10, 9 - resolution));
            out.putInt(6).putInt(32 + padded).putInt(0);
            out.putInt((int) (units >>> 32)).putInt((int) units);
            out.putInt(captured).putInt(frame.bytes().length).put(frame.bytes(), 0, captured);
            out.put(new byte[padded - captured]).putInt(32 + padded);
        }
        return content(out);
    }

    private ByteBuffer buffer(ByteOrder order) {
        long bytes =
                frames.stream().mapToLong(frame -> frame.bytes().length + 40L).sum() + 200;
        return ByteBuffer.allocate((int) bytes).order(order);
    }

    private static byte[] content(ByteBuffer out) {
        byte[] content = new byte[out.position()];
        out.flip().get(content);
        return content;
    }
}
