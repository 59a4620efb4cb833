package io.jenkins.plugins.livemigration.engine.observe;

import java.nio.channels.ByteChannel;

/** The completed handshake is the reply; the connection is closed at once. */
final class TcpHandshake implements ConnectionProbe.Exchange {
    private boolean replied;

    @Override
    public int connected() {
        replied = true;
        return 0;
    }

    @Override
    public int ready(ByteChannel channel) {
        return 0;
    }

    @Override
    public boolean replied() {
        return replied;
    }
}
