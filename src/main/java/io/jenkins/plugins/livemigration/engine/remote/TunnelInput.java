package io.jenkins.plugins.livemigration.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What comes out of a tunnel: written by the carrying connection's thread, read with a time-out by the carried one's. */
final class TunnelInput extends InputStream {
    /** As far as the writer may be ahead; then it waits. */
    private static final int MAX_LEAD = 4 << 20;

    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int consumedOfFirst;
    private int lead;
    private boolean ended;
    private int timeoutMillis;

    /** The end into which the carrying connection writes. */
    OutputStream writer() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                add(new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                add(Arrays.copyOfRange(bytes, offset, offset + length));
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    private synchronized void add(byte[] chunk) throws IOException {
        try {
            while (lead >= MAX_LEAD && !ended) {
                wait();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (chunk.length > 0 && !ended) {
            chunks.add(chunk);
            lead += chunk.length;
            notifyAll();
        }
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized void setTimeoutMillis(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        awaitChunk();
        if (chunks.isEmpty()) {
            return -1;
        }
        byte[] first = Objects.requireNonNull(chunks.peekFirst());
        int count = Math.min(length, first.length - consumedOfFirst);
        System.arraycopy(first, consumedOfFirst, bytes, offset, count);
        consumedOfFirst += count;
        lead -= count;
        if (consumedOfFirst == first.length) {
            chunks.removeFirst();
            consumedOfFirst = 0;
        }
        notifyAll();
        return count;
    }

    private void awaitChunk() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            while (chunks.isEmpty() && !ended) {
                if (timeoutMillis == 0) {
                    wait();
                    continue;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new SocketTimeoutException("Read timed out");
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
