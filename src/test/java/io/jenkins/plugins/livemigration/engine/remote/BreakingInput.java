package io.jenkins.plugins.livemigration.engine.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/** An input that cannot be read to its end. */
final class BreakingInput extends InputStream {
    private BreakingInput() {}

    static InputStream after(String text) {
        return new SequenceInputStream(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), new BreakingInput());
    }

    @Override
    public int read() throws IOException {
        throw new IOException("disk on fire");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        throw new IOException("disk on fire");
    }
}
