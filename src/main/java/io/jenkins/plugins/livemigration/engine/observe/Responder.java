package io.jenkins.plugins.livemigration.engine.observe;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The other end of {@code oneWay} and {@code load} probes: sends our probes' datagrams back, and writes into those that have
 * room when it received them and when it sent them back, in nanoseconds by its own clock, behind their first 24 bytes; and
 * behind that, {@code "LMBC"} and how many datagrams of that probe have arrived by now, this one included. That number
 * tells what was lost on the way there from what was lost on the way back, and needs no clock: it may be kept by a guest
 * that migrates. Anything that is no probe's is not answered, and an answer is never longer than the question. The clock
 * shows the wall time as it was at the start, and goes on monotonically from there.
 *
 * <p>It ends by itself: when nothing was asked for a while, and when nobody listens to it any more. One thread.
 */
public final class Responder implements AutoCloseable {
    /** What it says once it listens, before the port. */
    public static final String LISTENING = "listening on UDP port ";

    /** Where the reply says when the request came; where, when it left; and the room that both need. */
    static final int RECEIVED_AT = UdpProbe.HEADER_BYTES;

    static final int SENT_AT = RECEIVED_AT + Long.BYTES;
    static final int STAMPED_BYTES = SENT_AT + Long.BYTES;
    /** Where the reply says that it counts and how many have arrived, and the room that this needs. */
    static final int COUNTS_AT = STAMPED_BYTES;

    static final int ARRIVALS_AT = COUNTS_AT + Integer.BYTES;
    static final int COUNTED_BYTES = ARRIVALS_AT + Integer.BYTES;
    static final int COUNTS = 0x4C4D4243;

    /** So many probes are counted at once; of more, those that asked last. */
    private static final int MOST_PROBES = 256;

    private static final int MOST_BYTES = 2048;
    private static final int BUFFER_BYTES = 1 << 22;
    private static final int LOOK_MILLIS = 1_000;

    private final DatagramSocket socket;
    private final long wallAtStart;
    private final long nanosAtStart = System.nanoTime();
    private final Map<Long, Integer> arrivals = new LinkedHashMap<>(MOST_PROBES, 0.75f, true);

    /**
     * Opens the socket on all addresses. What was asked at any of them is answered from the one that the kernel chooses, and a
     * probe takes answers from the address that it asked only.
     *
     * @param port 0 for any that is free
     * @throws IOException if that port is taken
     */
    public Responder(int port) throws IOException {
        this(new InetSocketAddress(port));
    }

    /**
     * Opens the socket on one address, from which it answers too: a floating one, say, which is not the first of its network.
     *
     * @throws IOException if this machine has no such address, or the port is taken
     */
    public Responder(InetSocketAddress where) throws IOException {
        socket = new DatagramSocket(where);
        socket.setReceiveBufferSize(BUFFER_BYTES);
        socket.setSoTimeout(LOOK_MILLIS);
        Instant now = Instant.now();
        wallAtStart = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** The port on which it listens. */
    public int port() {
        return socket.getLocalPort();
    }

    /**
     * Answers until nothing was asked for so long, or nobody needs it any more.
     *
     * @param needed asked about once a second
     * @throws IOException if the socket breaks
     */
    public void respond(Duration idle, BooleanSupplier needed) throws IOException {
        byte[] bytes = new byte[MOST_BYTES];
        ByteBuffer content = ByteBuffer.wrap(bytes);
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        long lastAsked = System.nanoTime();
        long lastLook = lastAsked;
        while (true) {
            packet.setLength(bytes.length);
            boolean came = receive(packet);
            long received = System.nanoTime();
            if (came && packet.getLength() >= UdpProbe.HEADER_BYTES && content.getInt(0) == UdpProbe.MAGIC) {
                lastAsked = received;
                answer(packet, content, received);
            }
            if (received - lastLook >= LOOK_MILLIS * 1_000_000L) {
                lastLook = received;
                if (received - lastAsked > idle.toNanos() || !needed.getAsBoolean()) {
                    return;
                }
            }
        }
    }

    private boolean receive(DatagramPacket packet) throws IOException {
        try {
            socket.receive(packet);
            return true;
        } catch (SocketTimeoutException nothing) {
            return false;
        }
    }

    private void answer(DatagramPacket packet, ByteBuffer content, long received) {
        SocketAddress from = packet.getSocketAddress();
        if (packet.getLength() >= COUNTED_BYTES) {
            content.putInt(COUNTS_AT, COUNTS).putInt(ARRIVALS_AT, count(content.getLong(UdpProbe.TOKEN_AT)));
        }
        if (packet.getLength() >= STAMPED_BYTES) {
            content.putLong(RECEIVED_AT, clock(received)).putLong(SENT_AT, clock(System.nanoTime()));
        }
        try {
            packet.setSocketAddress(from);
            socket.send(packet);
        } catch (IOException unreachable) {
            // Whoever asked is not reachable now: its attempt stays unanswered.
        }
    }

    /** How many have arrived of the probe with that token, the one at hand included. */
    private int count(long token) {
        int arrived = arrivals.merge(token, 1, Integer::sum);
        if (arrivals.size() > MOST_PROBES) {
            arrivals.remove(arrivals.keySet().iterator().next());
        }
        return arrived;
    }

    private long clock(long nanoTime) {
        return wallAtStart + nanoTime - nanosAtStart;
    }

    @Override
    public void close() {
        socket.close();
    }
}
