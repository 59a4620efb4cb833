package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A client of the lab's counter service, on this machine: asks by UDP every 5 ms and remembers the longest silence, and
 * holds one TCP connection.
 */
final class ServiceClient implements AutoCloseable {
    private static final Duration SPACING = Duration.ofMillis(5);
    private static final Duration START = Duration.ofSeconds(15);

    private final InetSocketAddress service;
    private final DatagramSocket socket = new DatagramSocket();
    private final Socket held;
    private final BufferedReader heldReplies;
    private final ScheduledExecutorService sender =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "service-client-sender"));
    private final Thread receiver = new Thread(this::receive, "service-client-receiver");
    private volatile boolean closed;
    private volatile long longestSilence;
    private volatile long lastReply;

    @SuppressWarnings("FutureReturnValueIgnored")
    ServiceClient(String address, int port) throws IOException {
        service = new InetSocketAddress(InetAddress.getByName(address), port);
        held = await().atMost(START)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> connect(service), Objects::nonNull);
        held.setTcpNoDelay(true);
        held.setSoTimeout(30_000);
        heldReplies = new BufferedReader(new InputStreamReader(held.getInputStream(), StandardCharsets.UTF_8));
        lastReply = System.nanoTime();
        sender.scheduleWithFixedDelay(this::send, 0, SPACING.toMillis(), TimeUnit.MILLISECONDS);
        receiver.start();
    }

    /** A service that was just started may still be filling its memory. */
    private static Socket connect(InetSocketAddress service) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(service, 1_000);
            return socket;
        } catch (IOException notYet) {
            socket.close();
            throw notYet;
        }
    }

    private void send() {
        byte[] payload = "probe-probe-probe-probe".getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(payload, payload.length, service));
        } catch (IOException unreachableNow) {
            // ARP may fail while the address moves; the silence is measured by the replies.
        }
    }

    private void receive() {
        DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
        while (!closed) {
            try {
                socket.receive(reply);
                long now = System.nanoTime();
                longestSilence = Math.max(longestSilence, now - lastReply);
                lastReply = now;
            } catch (IOException refusedOrClosed) {
                // An ICMP error is no reply.
            }
        }
    }

    /** Forgets the silence so far. */
    void restart() {
        lastReply = System.nanoTime();
        longestSilence = 0;
    }

    /** The longest time between two replies since the restart. */
    double longestSilenceMillis() {
        return longestSilence / 1e6;
    }

    /** How long ago the last reply came. */
    double silentForMillis() {
        return (System.nanoTime() - lastReply) / 1e6;
    }

    /** Asks over the held connection. */
    Map<String, String> askHeld() throws IOException {
        held.getOutputStream().write("held\n".getBytes(StandardCharsets.UTF_8));
        String line = heldReplies.readLine();
        if (line == null) {
            throw new IOException("the held connection was closed");
        }
        return state(line);
    }

    /** Asks over a connection of its own. */
    Map<String, String> ask() throws IOException {
        try (Socket fresh = new Socket()) {
            fresh.connect(service, 2_000);
            fresh.setSoTimeout(2_000);
            fresh.getOutputStream().write("fresh\n".getBytes(StandardCharsets.UTF_8));
            String line = new BufferedReader(new InputStreamReader(fresh.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) {
                throw new SocketTimeoutException("no answer");
            }
            return state(line);
        }
    }

    /** Lets the service compare every page of its memory with what it must hold. */
    boolean memoryIsWhole() throws IOException {
        try (Socket fresh = new Socket()) {
            fresh.connect(service, 2_000);
            fresh.setSoTimeout(30_000);
            fresh.getOutputStream()
                    .write("GET /verify HTTP/1.1\r\nHost: counter\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String reply = new String(fresh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return reply.contains("\"memoryOk\":true");
        }
    }

    private static Map<String, String> state(String line) {
        Map<String, String> state = new HashMap<>();
        for (String word : line.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                state.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return state;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        sender.shutdownNow();
        socket.close();
        held.close();
    }
}
