package io.jenkins.plugins.livemigration.engine.observe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Small servers on loopback that tests can pause, break and make misbehave. */
final class LoopbackServices {
    private LoopbackServices() {}

    /** Sends every datagram back; while paused it lets them queue up. */
    static final class UdpEcho implements AutoCloseable {
        private final DatagramChannel channel;
        private final Thread thread = new Thread(this::serve, "test-udp-echo");
        private volatile CountDownLatch gate = new CountDownLatch(0);
        volatile boolean dropping;
        volatile int copies = 1;
        /** The highest number seen in a probe's datagram. */
        volatile int newestSlot = -1;

        UdpEcho() throws IOException {
            channel = DatagramChannel.open()
                    .setOption(StandardSocketOptions.SO_RCVBUF, 1 << 22)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            thread.start();
        }

        int port() {
            return port(channel);
        }

        private static int port(DatagramChannel channel) {
            try {
                return ((InetSocketAddress) channel.getLocalAddress()).getPort();
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        }

        void pause() {
            gate = new CountDownLatch(1);
        }

        void resume() {
            gate.countDown();
        }

        private void serve() {
            ByteBuffer packet = ByteBuffer.allocate(2048);
            try {
                while (true) {
                    packet.clear();
                    SocketAddress from = channel.receive(packet);
                    newestSlot = Math.max(newestSlot, packet.getInt(4));
                    gate.await();
                    for (int i = 0; i < copies && !dropping; i++) {
                        channel.send(packet.flip(), from);
                    }
                }
            } catch (ClosedChannelException | InterruptedException ended) {
                // The test is over.
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public void close() throws IOException {
            gate.countDown();
            channel.close();
        }
    }

    /** Does something with every connection it accepts. */
    static final class TcpServer implements AutoCloseable {
        interface Talk {
            void over(Socket socket) throws Exception;
        }

        private final ServerSocket server;
        private final List<Socket> open = new CopyOnWriteArrayList<>();

        TcpServer(Talk talk) throws IOException {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
            new Thread(() -> accept(talk), "test-tcp").start();
        }

        int port() {
            return server.getLocalPort();
        }

        private void accept(Talk talk) {
            try {
                while (true) {
                    Socket socket = server.accept();
                    open.add(socket);
                    Thread thread = new Thread(() -> talk(talk, socket), "test-tcp-connection");
                    thread.setDaemon(true);
                    thread.start();
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private void talk(Talk talk, Socket socket) {
            try (socket) {
                talk.over(socket);
            } catch (Exception over) {
                // The probe went away, or the test did.
            } finally {
                open.remove(socket);
            }
        }

        /** Breaks every connection that is open now. */
        void breakConnections() throws IOException {
            for (Socket socket : open) {
                socket.close();
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            breakConnections();
        }
    }

    /** Echoes lines. */
    static TcpServer lineEcho() throws IOException {
        return new TcpServer(socket -> {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = socket.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        });
    }

    /** Answers every GET with a status; with none it hangs. */
    static TcpServer http(java.util.function.IntSupplier status) throws IOException {
        return new TcpServer(socket -> {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                // The request's head.
            }
            int code = status.getAsInt();
            if (code == 0) {
                new CountDownLatch(1).await();
            }
            socket.getOutputStream()
                    .write(("HTTP/1.1 " + code + " Whatever\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
                            .getBytes(StandardCharsets.US_ASCII));
        });
    }
}
