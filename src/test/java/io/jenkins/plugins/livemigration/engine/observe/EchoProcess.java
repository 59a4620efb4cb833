package io.jenkins.plugins.livemigration.engine.observe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;

/** A UDP echo as a process of its own: {@code ADDRESS PORT}; obeys {@code drop} and {@code serve} on standard input. */
public final class EchoProcess {
    private static volatile boolean dropping;

    private EchoProcess() {}

    public static void main(String[] arguments) throws IOException {
        DatagramChannel channel =
                DatagramChannel.open().bind(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1], 10)));
        Thread thread = new Thread(() -> echo(channel));
        thread.setDaemon(true);
        thread.start();
        System.out.println("ready");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            dropping = order.equals("drop");
        }
    }

    private static void echo(DatagramChannel channel) {
        ByteBuffer packet = ByteBuffer.allocateDirect(2048);
        try {
            while (true) {
                packet.clear();
                SocketAddress from = channel.receive(packet);
                if (!dropping) {
                    channel.send(packet.flip(), from);
                }
            }
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
