package io.jenkins.plugins.livemigration.engine.observe.accuracy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A service that all kinds of probes can ask, as a process of its own: an echo of datagrams, and connections whose lines are
 * echoed unless they begin with {@code GET}, which is answered as HTTP. Once a line came on standard input it listens on port
 * {@link #PORT} of all addresses, says {@code ready}, and ends with its standard input.
 */
public final class ServiceProcess {
    static final int PORT = 9000;
    private static final int BACKLOG = 1000;
    private static final byte[] OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private ServiceProcess() {}

    public static void main(String[] arguments) throws IOException {
        boolean networkIsThere = System.in.read() >= 0;
        if (!networkIsThere) {
            return;
        }
        DatagramChannel datagrams = DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, 1 << 22)
                .bind(new InetSocketAddress(PORT));
        ServerSocketChannel connections = ServerSocketChannel.open().bind(new InetSocketAddress(PORT), BACKLOG);
        daemon(() -> echo(datagrams));
        daemon(() -> serve(connections));
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Nothing more is ordered; the end of the input ends the service.
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException broken) {
                broken.printStackTrace();
                System.exit(1);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void echo(DatagramChannel channel) throws IOException {
        ByteBuffer packet = ByteBuffer.allocateDirect(2048);
        while (true) {
            packet.clear();
            SocketAddress from = channel.receive(packet);
            channel.send(packet.flip(), from);
        }
    }

    private static void serve(ServerSocketChannel server) throws IOException {
        Selector selector = Selector.open();
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 14);
        while (true) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) {
                    accept(server, selector);
                } else {
                    answer((SocketChannel) key.channel(), bytes);
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private static void accept(ServerSocketChannel server, Selector selector) throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    private static void answer(SocketChannel channel, ByteBuffer bytes) throws IOException {
        try {
            bytes.clear();
            int length = channel.read(bytes);
            if (length < 0) {
                channel.close();
            } else if (length > 0 && bytes.get(0) == 'G') {
                channel.write(ByteBuffer.wrap(OK));
                channel.shutdownOutput();
            } else {
                channel.write(bytes.flip());
            }
        } catch (IOException clientWentAway) {
            channel.close();
        }
    }
}
