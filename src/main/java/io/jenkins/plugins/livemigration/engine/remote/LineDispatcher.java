package io.jenkins.plugins.livemigration.engine.remote;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Cuts a stream into lines and hands them to a consumer on a thread of its own, in order. The consumer may lag behind by
 * a bounded number of lines; then the writer waits for it, so that no line is lost and the memory stays bounded.
 */
final class LineDispatcher extends OutputStream {
    private static final int MAX_LAG = 10_000;
    /** A longer line is handed over in pieces. */
    private static final int MAX_LINE = 1 << 20;

    /** An empty element is the end. */
    private final BlockingQueue<Optional<String>> queue = new ArrayBlockingQueue<>(MAX_LAG);

    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean closed;

    LineDispatcher(Consumer<String> lines, Executor executor) {
        executor.execute(() -> drain(lines));
    }

    private void drain(Consumer<String> lines) {
        RuntimeException fault = null;
        try {
            for (Optional<String> next = queue.take(); next.isPresent(); next = queue.take()) {
                if (fault == null) {
                    try {
                        lines.accept(next.get());
                    } catch (RuntimeException bug) {
                        fault = bug;
                    }
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (fault == null) {
            drained.complete(null);
        } else {
            drained.completeExceptionally(fault);
        }
    }

    /** Completes when the stream was closed and the consumer has had every line; exceptionally if the consumer threw. */
    CompletableFuture<Void> drained() {
        return drained;
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int end = offset + length;
        for (int at = offset; at < end; at++) {
            if (bytes[at] == '\n') {
                line.write(bytes, from, at - from);
                handOver();
                from = at + 1;
            }
        }
        line.write(bytes, from, end - from);
        if (line.size() >= MAX_LINE) {
            handOver();
        }
    }

    private void handOver() {
        put(Optional.of(line.toString(StandardCharsets.UTF_8)));
        line.reset();
    }

    private void put(Optional<String> next) {
        try {
            queue.put(next);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A last line without its end is a line too. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (line.size() > 0) {
                handOver();
            }
            put(Optional.empty());
        }
    }
}
