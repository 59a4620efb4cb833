package io.jenkins.plugins.livemigration.engine.observe;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * Another exchange inside TLS. The handshake belongs to the attempt's time. A certificate that is not trusted, or is not for
 * this host, makes an attempt without reply, as it would for a client.
 *
 * <p>The selecting thread computes the handshake: an attempt beside it may be seen some milliseconds late. After the first
 * one the session is resumed, which costs less.
 */
final class TlsExchange implements ConnectionProbe.Exchange {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final ConnectionProbe.Exchange inner;
    /** From the network, ready to be filled further. */
    private final ByteBuffer encrypted;
    /** For the network, ready to be written. */
    private final ByteBuffer outgoing;
    /** For the inner exchange, ready to be filled further. */
    private final ByteBuffer plain;

    private int innerWants = SelectionKey.OP_WRITE;
    private boolean ended;

    /** @param engine for the host of the attempt, in client mode, with the host's name checked */
    TlsExchange(SSLEngine engine, ConnectionProbe.Exchange inner) {
        this.engine = engine;
        this.inner = inner;
        int packet = engine.getSession().getPacketBufferSize();
        this.encrypted = ByteBuffer.allocate(packet);
        this.outgoing = ByteBuffer.allocate(2 * packet).limit(0);
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    @Override
    public int connected() {
        innerWants = inner.connected();
        return SelectionKey.OP_WRITE;
    }

    @Override
    public boolean replied() {
        return inner.replied();
    }

    @Override
    public int ready(ByteChannel channel) throws IOException {
        while (innerWants != 0) {
            channel.write(outgoing);
            if (outgoing.hasRemaining()) {
                return SelectionKey.OP_WRITE;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap(channel)) {
                        return SelectionKey.OP_READ;
                    }
                }
                default -> {
                    if (innerWants == SelectionKey.OP_READ && plain.position() == 0 && !ended && !unwrap(channel)) {
                        return SelectionKey.OP_READ;
                    }
                    innerWants = inner.ready(new Plain());
                }
            }
        }
        return 0;
    }

    private int wrap(ByteBuffer source) throws SSLException {
        outgoing.compact();
        int consumed = engine.wrap(source, outgoing).bytesConsumed();
        outgoing.flip();
        return consumed;
    }

    /** False if the network has to bring more first. */
    private boolean unwrap(ByteChannel channel) throws IOException {
        encrypted.flip();
        SSLEngineResult result = engine.unwrap(encrypted, plain);
        encrypted.compact();
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            ended = true;
            return true;
        }
        if (result.getStatus() != SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            return true;
        }
        int length = channel.read(encrypted);
        if (length < 0) {
            throw new EOFException("closed without an end of TLS");
        }
        return length > 0;
    }

    /** What the inner exchange takes for its connection. */
    private final class Plain implements ByteChannel {

        @Override
        public int read(ByteBuffer into) {
            if (plain.position() == 0) {
                return ended ? -1 : 0;
            }
            plain.flip();
            int length = Math.min(into.remaining(), plain.remaining());
            into.put(plain.slice().limit(length));
            plain.position(plain.position() + length).compact();
            return length;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return wrap(from);
        }

        @Override
        public boolean isOpen() {
            return !ended;
        }

        @Override
        public void close() {
            ended = true;
        }
    }
}
