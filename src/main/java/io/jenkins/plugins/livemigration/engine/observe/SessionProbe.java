package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Numbered lines over one held TCP connection to a service that echoes them. A line is {@code LMBS TOKEN SLOT}, token and
 * slot in 16 hexadecimal digits each.
 *
 * <p>When the connection breaks, that is recorded, and it is opened anew as soon as the service accepts one; what was not
 * echoed on the old one stays unanswered. While there is no connection, and while its buffers are full, slots stay empty. A
 * connection that is silent but whole is kept: how long it stays silent is what is measured.
 */
final class SessionProbe extends ScheduledProbe {
    private static final HexFormat HEX = HexFormat.of();
    private static final String PREFIX = "LMBS ";
    private static final int LINE_BYTES = PREFIX.length() + 16 + 1 + 16 + 1;
    private static final long RECONNECT_NANOS = 50_000_000;
    private static final long SELECT_MILLIS = 50;

    private final InetSocketAddress target;
    private final byte[] tokenText;
    private final String expected;
    private final Selector selector;
    private final ByteBuffer line = ByteBuffer.allocateDirect(LINE_BYTES);
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 14);
    private final StringBuilder echo = new StringBuilder(2 * LINE_BYTES);
    private volatile @Nullable SocketChannel connection;
    private volatile boolean closed;

    SessionProbe(
            ProbePlan.TcpSession plan,
            InetSocketAddress target,
            long token,
            Schedule schedule,
            RunClock clock,
            ProbeFileWriter records)
            throws IOException {
        super(plan, schedule, clock, records);
        this.target = target;
        this.tokenText = (PREFIX + HEX.toHexDigits(token) + " ").getBytes(StandardCharsets.US_ASCII);
        this.expected = PREFIX + HEX.toHexDigits(token) + " ";
        this.selector = Selector.open();
    }

    @Override
    public void close() {
        stopSending();
        closed = true;
        selector.wakeup();
        LockSupport.unpark(receiver());
        join(receiver());
        try {
            selector.close();
        } catch (IOException ignored) {
            // Its channel is closed already.
        }
    }

    @Override
    void send() {
        SocketChannel last = null;
        line.position(line.limit());
        for (long slot = schedule().awaitNext(); slot >= 0; slot = schedule().awaitNext()) {
            SocketChannel channel = connection;
            if (channel != last) {
                line.position(line.limit());
                last = channel;
            }
            if (channel != null) {
                send(channel, slot);
            }
        }
    }

    /** The rest of a line that did not fit into the buffers goes before a new one. */
    private void send(SocketChannel channel, long slot) {
        try {
            if (line.hasRemaining()) {
                channel.write(line);
            }
            if (!line.hasRemaining()) {
                line.clear();
                line.put(tokenText);
                for (int shift = 60; shift >= 0; shift -= 4) {
                    line.put((byte) HEX.toLowHexDigit((int) (slot >>> shift)));
                }
                line.put((byte) '\n').flip();
                long at = System.nanoTime();
                channel.write(line);
                attempted(slot, at);
            }
        } catch (IOException broken) {
            // The receiving thread notices too, and opens the connection anew.
        }
    }

    @Override
    void receive() {
        while (!closed) {
            try (SocketChannel channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                if (connect(channel)) {
                    echo.setLength(0);
                    connection = channel;
                    echoes(channel);
                }
            } catch (IOException broken) {
                // Recorded below if there was a connection.
            }
            if (connection != null) {
                connection = null;
                if (!closed) {
                    broke(System.nanoTime());
                }
            }
            if (!closed) {
                LockSupport.parkNanos(RECONNECT_NANOS);
            }
        }
    }

    private boolean connect(SocketChannel channel) throws IOException {
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
        boolean connected = channel.connect(target);
        long deadline = System.nanoTime() + plan().timeout().toNanos();
        while (!connected && !closed && deadline - System.nanoTime() > 0) {
            selector.select(SELECT_MILLIS);
            selector.selectedKeys().clear();
            connected = channel.finishConnect();
        }
        if (connected) {
            key.interestOps(SelectionKey.OP_READ);
        }
        return connected;
    }

    private void echoes(SocketChannel channel) throws IOException {
        while (!closed) {
            selector.select();
            selector.selectedKeys().clear();
            input.clear();
            int length = channel.read(input);
            long at = System.nanoTime();
            if (length < 0) {
                return;
            }
            for (int i = 0; i < length; i++) {
                char next = (char) (input.get(i) & 0xFF);
                if (next == '\n') {
                    echoed(at);
                    echo.setLength(0);
                } else if (echo.length() < LINE_BYTES) {
                    echo.append(next);
                }
            }
            readAllSince(at);
        }
    }

    private void echoed(long at) {
        // Services add state of their own behind what they repeat.
        if (echo.length() >= LINE_BYTES - 1 && echo.indexOf(expected) == 0) {
            try {
                answered(HexFormat.fromHexDigitsToLong(echo, expected.length(), LINE_BYTES - 1), at);
            } catch (IllegalArgumentException notOurs) {
                // Somebody else's line.
            }
        }
    }
}
