package io.jenkins.plugins.livemigration.engine.acceptance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that sends a thousand numbered datagrams a second and remembers when each was sent and answered. It shares no
 * code with the engine's probes. What it could not send in time it sends as soon as it can.
 */
final class UdpStream implements AutoCloseable {
    private static final long INTERVAL = 1_000_000;
    private static final int CAPACITY = 600_000;
    private static final int DIGITS = 8;

    private final DatagramChannel channel;
    private final long start = System.nanoTime();
    private final Instant startedAt = Instant.now();
    private final long[] sent = new long[CAPACITY];
    private final long[] received = new long[CAPACITY];
    private final Thread sender = new Thread(this::send, "udp-stream-sender");
    private final Thread receiver = new Thread(this::receive, "udp-stream-receiver");
    private volatile int next;
    private volatile boolean closed;

    private UdpStream(InetSocketAddress service) throws IOException {
        channel = DatagramChannel.open();
        channel.connect(service);
    }

    static UdpStream to(String address, int port) throws IOException {
        UdpStream stream = new UdpStream(new InetSocketAddress(address, port));
        stream.receiver.start();
        stream.sender.start();
        return stream;
    }

    private void send() {
        int number = 0;
        while (!closed && number < CAPACITY) {
            long due = start + number * INTERVAL;
            long now = System.nanoTime();
            if (now < due) {
                LockSupport.parkNanos(due - now);
                continue;
            }
            sent[number] = System.nanoTime();
            byte[] text =
                    String.format(Locale.ROOT, "%0" + DIGITS + "d", number).getBytes(StandardCharsets.US_ASCII);
            try {
                channel.write(ByteBuffer.wrap(text));
            } catch (ClosedChannelException end) {
                return;
            } catch (IOException unreachable) {
                // Nobody answers this number: that is what is counted.
            }
            next = ++number;
        }
    }

    private void receive() {
        ByteBuffer reply = ByteBuffer.allocate(2048);
        while (!closed) {
            try {
                reply.clear();
                int length = channel.read(reply);
                long now = System.nanoTime();
                if (length >= DIGITS) {
                    int number = Integer.parseInt(new String(reply.array(), 0, DIGITS, StandardCharsets.US_ASCII));
                    received[number] = received[number] == 0 ? now : received[number];
                }
            } catch (ClosedChannelException end) {
                return;
            } catch (IOException refused) {
                // An ICMP error is no reply.
            }
        }
    }

    int sent() {
        return next;
    }

    /** How many a second were sent. */
    double rate() {
        return next / ((System.nanoTime() - start) / 1e9);
    }

    /**
     * Bounds in milliseconds of a time in which the service did not answer.
     *
     * @param lowerMillis from the first to the last of the requests in a row that were never answered
     * @param upperMillis from the last reply before to the first after
     */
    record Silence(double lowerMillis, double upperMillis) {}

    /** The longest time without a reply between two moments. */
    Silence longestSilence(Instant from, Instant until) {
        long open = start + Duration.between(startedAt, from).toNanos();
        long close = start + Duration.between(startedAt, until).toNanos();
        int count = next;
        long[] replies = Arrays.stream(received, 0, count)
                .filter(at -> at >= open && at <= close)
                .sorted()
                .toArray();
        int longest = 1;
        for (int i = 1; i < replies.length; i++) {
            if (replies[i] - replies[i - 1] > replies[longest] - replies[longest - 1]) {
                longest = i;
            }
        }
        long before = replies[longest - 1];
        long after = replies[longest];
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            if (received[i] == 0 && sent[i] > before && sent[i] < after) {
                first = Math.min(first, sent[i]);
                last = Math.max(last, sent[i]);
            }
        }
        double lower = last > first ? (last - first) / 1e6 : 0;
        return new Silence(lower, (after - before) / 1e6);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
        LockSupport.unpark(sender);
    }
}
