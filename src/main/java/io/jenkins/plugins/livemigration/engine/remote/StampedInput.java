package io.jenkins.plugins.livemigration.engine.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Remembers when something was last received. */
final class StampedInput extends FilterInputStream {
    private volatile long lastNanos = System.nanoTime();

    StampedInput(InputStream in) {
        super(in);
    }

    /** {@link System#nanoTime()} of the last reception. */
    long lastNanos() {
        return lastNanos;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        lastNanos = System.nanoTime();
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        lastNanos = System.nanoTime();
        return count;
    }
}
