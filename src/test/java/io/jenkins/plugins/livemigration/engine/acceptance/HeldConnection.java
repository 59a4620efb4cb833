package io.jenkins.plugins.livemigration.engine.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that holds one TCP connection and asks over it again and again, from the beginning to the end. */
final class HeldConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int REPLY_MILLIS = 60_000;
    private static final int SPACING_MILLIS = 20;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final Map<String, String> first;
    private final ScheduledExecutorService asker =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "held-connection"));
    private volatile Map<String, String> latest;
    private final AtomicInteger answers = new AtomicInteger();
    private volatile Optional<IOException> failure = Optional.empty();
    private volatile boolean closed;

    private HeldConnection(String address, int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(REPLY_MILLIS);
        socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        first = ask();
        latest = first;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    static HeldConnection to(String address, int port) throws IOException {
        HeldConnection connection = new HeldConnection(address, port);
        connection.asker.scheduleWithFixedDelay(connection::askOn, 0, SPACING_MILLIS, TimeUnit.MILLISECONDS);
        return connection;
    }

    private Map<String, String> ask() throws IOException {
        socket.getOutputStream().write("held\n".getBytes(StandardCharsets.US_ASCII));
        return LabService.state(in.readLine());
    }

    private void askOn() {
        try {
            latest = ask();
            answers.incrementAndGet();
        } catch (IOException broken) {
            if (!closed) {
                failure = Optional.of(broken);
            }
            asker.shutdown();
        }
    }

    /** What the service said of itself in its first answer. */
    Map<String, String> first() {
        return first;
    }

    /** What it said in its latest. */
    Map<String, String> latest() {
        return latest;
    }

    int answers() {
        return answers.get();
    }

    /** Why the connection broke, if it did. */
    Optional<IOException> failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        asker.shutdownNow();
        socket.close();
    }
}
