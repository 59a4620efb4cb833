package io.jenkins.plugins.livemigration.engine.remote;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;

/**
 * A channel of one SSH connection in the shape of a socket, so that another SSH connection can go through it and have its
 * read time-outs, on which JSch builds its signs of life.
 */
final class TunnelSocket extends Socket {
    private final ChannelDirectTCPIP channel;
    private final TunnelInput input;
    private final OutputStream output;

    private TunnelSocket(ChannelDirectTCPIP channel, TunnelInput input, OutputStream output) {
        this.channel = channel;
        this.input = input;
        this.output = output;
    }

    /** @throws IOException if the jump host cannot or may not open a connection there */
    static TunnelSocket open(Session session, String address, int port, Duration timeout) throws IOException {
        try {
            ChannelDirectTCPIP channel = (ChannelDirectTCPIP) session.openChannel("direct-tcpip");
            if (channel == null) {
                // JSch swallows what went wrong, such as a session that goes down at this moment.
                throw new JSchException("no channel");
            }
            TunnelInput input = new TunnelInput();
            channel.setHost(address);
            channel.setPort(port);
            channel.setOutputStream(input.writer());
            OutputStream output = channel.getOutputStream();
            channel.connect(Math.toIntExact(timeout.toMillis()));
            if (!channel.isConnected()) {
                throw new IOException("the jump host opened no channel");
            }
            return new TunnelSocket(channel, input, output);
        } catch (JSchException refused) {
            throw new ConnectException("the jump host " + session.getHost() + " cannot or may not connect to " + address
                    + " port " + port + " (" + refused.getMessage() + ")");
        }
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public synchronized void setSoTimeout(int millis) {
        input.setTimeoutMillis(millis);
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // the jump host's connection has it
    }

    @Override
    public synchronized void close() {
        channel.disconnect();
        input.end();
    }
}
