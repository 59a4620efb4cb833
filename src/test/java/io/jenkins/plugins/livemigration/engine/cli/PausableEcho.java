package io.jenkins.plugins.livemigration.engine.cli;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A UDP echo service on loopback that is deaf while a file exists. */
public final class PausableEcho implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private volatile Optional<Path> pause = Optional.empty();

    /** On a port that is free. */
    public PausableEcho() throws SocketException {
        Thread thread = new Thread(this::serve, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it answers. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Makes it deaf while that file exists, which need not be there yet; the same file. */
    public Path pauseWhile(Path file) {
        pause = Optional.of(file);
        return file;
    }

    private void serve() {
        byte[] buffer = new byte[2048];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                if (pause.filter(Files::exists).isEmpty()) {
                    socket.send(packet);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
