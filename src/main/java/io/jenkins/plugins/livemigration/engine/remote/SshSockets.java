package io.jenkins.plugins.livemigration.engine.remote;

import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/** Makes the one socket of a connection: a TCP connection, or a tunnel through a jump host. */
final class SshSockets implements SocketFactory {
    private final Duration connectTimeout;
    private final Optional<SshHost> jump;
    private volatile Optional<StampedInput> input = Optional.empty();

    SshSockets(Duration connectTimeout, Optional<SshHost> jump) {
        this.connectTimeout = connectTimeout;
        this.jump = jump;
    }

    @Override
    public Socket createSocket(String address, int port) throws IOException {
        if (jump.isPresent()) {
            return jump.get().tunnel(address, port, connectTimeout);
        }
        IOException lastFault = new IOException(address + " has no address");
        for (InetAddress candidate : InetAddress.getAllByName(address)) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(candidate, port), Math.toIntExact(connectTimeout.toMillis()));
                return socket;
            } catch (IOException fault) {
                lastFault = fault;
                socket.close();
            }
        }
        throw lastFault;
    }

    @Override
    public InputStream getInputStream(Socket socket) throws IOException {
        StampedInput stamped = new StampedInput(socket.getInputStream());
        input = Optional.of(stamped);
        return stamped;
    }

    @Override
    public OutputStream getOutputStream(Socket socket) throws IOException {
        return socket.getOutputStream();
    }

    /** For how long nothing was received; very long before the first connection. */
    Duration silence() {
        return input.map(stamped -> Duration.ofNanos(System.nanoTime() - stamped.lastNanos()))
                .orElse(Duration.ofDays(1));
    }
}
