package io.jenkins.plugins.livemigration.engine.remote;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the beginning and the end of a stream, so that a command that never stops talking cannot fill the memory. What
 * was left out in the middle is named in the text. Thread-safe.
 */
final class BoundedOutput extends OutputStream {
    private final int half;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private byte[] tail = new byte[0];
    /** Bytes that came after the head was full. */
    private long beyondHead;

    /** @param limit bytes that are kept at most, half of them from the beginning and half from the end */
    BoundedOutput(int limit) {
        half = limit / 2;
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int toHead = Math.min(length, half - head.size());
        head.write(bytes, offset, toHead);
        int from = offset + toHead;
        int left = length - toHead;
        while (left > 0) {
            int at = (int) (beyondHead % half);
            int part = Math.min(left, half - at);
            growTail(at + part);
            System.arraycopy(bytes, from, tail, at, part);
            beyondHead += part;
            from += part;
            left -= part;
        }
    }

    private void growTail(int needed) {
        if (tail.length < needed) {
            byte[] larger = new byte[Math.min(half, Math.max(needed, 2 * tail.length))];
            System.arraycopy(tail, 0, larger, 0, tail.length);
            tail = larger;
        }
    }

    /** What was kept, as UTF-8; malformed bytes become the replacement character. */
    synchronized String text() {
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.size() + tail.length + 64);
        all.write(head.toByteArray(), 0, head.size());
        if (beyondHead <= half) {
            all.write(tail, 0, (int) beyondHead);
        } else {
            byte[] gap = ("\n[" + (beyondHead - half) + " bytes left out]\n").getBytes(StandardCharsets.UTF_8);
            all.write(gap, 0, gap.length);
            int oldest = (int) (beyondHead % half);
            all.write(tail, oldest, half - oldest);
            all.write(tail, 0, oldest);
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
