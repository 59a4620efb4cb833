package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Numbered datagrams. A request begins with
 *
 * <pre>
 *   int32   0x4C4D4255 ("LMBU")
 *   uint32  slot
 *   int64   token of this probe and sample, random
 *   int64   when it was sent, System.nanoTime()
 * </pre>
 *
 * <p>and is filled up with zeros; a reply is any datagram from the service's address that begins with the first 16 bytes of
 * a request. A reply that comes late, after whatever time, is a reply: a paused guest answers what queued up. A {@link
 * Responder} also says when it received a request, and how many have arrived.
 *
 * <p>Sender and receiver are two threads with a direct buffer each; a packet allocates nothing. The receiver blocks in the
 * kernel, so that its time stamp is taken as soon as the scheduler lets it run.
 */
final class UdpProbe extends ScheduledProbe {
    static final int MAGIC = 0x4C4D4255;
    static final int TOKEN_AT = 8;
    static final int HEADER_BYTES = 24;
    /** A paused guest answers thousands of requests at once; the kernel grants as much of this as it may. */
    private static final int RECEIVE_BUFFER_BYTES = 1 << 22;

    private static final long ERROR_PAUSE_NANOS = 1_000_000;

    /** How datagrams look and leave. */
    record Shape(int payloadBytes, int atOnce, boolean stamped) {}

    private final InetSocketAddress target;
    private final Shape shape;
    private final AutoCloseable companion;
    private final long token;
    private final DatagramChannel channel;
    private final CountDownLatch connected = new CountDownLatch(1);
    private final ByteBuffer request;
    private final ByteBuffer reply;

    UdpProbe(
            ProbePlan plan,
            Shape shape,
            InetSocketAddress target,
            AutoCloseable companion,
            long token,
            Schedule schedule,
            RunClock clock,
            ProbeFileWriter records)
            throws IOException {
        super(plan, schedule, clock, records);
        this.target = target;
        this.shape = shape;
        this.companion = companion;
        this.token = token;
        int bytes = Math.max(shape.stamped() ? Responder.STAMPED_BYTES : HEADER_BYTES, shape.payloadBytes());
        this.request = ByteBuffer.allocateDirect(bytes);
        this.reply = ByteBuffer.allocateDirect(bytes);
        this.channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    }

    @Override
    public void close() {
        schedule().stop();
        connected.countDown();
        try {
            channel.close();
        } catch (IOException ignored) {
            // A datagram socket that cannot be closed has nothing left to lose.
        }
        stopSending();
        join(receiver());
        try {
            companion.close();
        } catch (Exception ignored) {
            // The other end ends by itself.
        }
    }

    @Override
    void send() {
        boolean open = true;
        for (long turn = schedule().awaitNext();
                turn >= 0 && open;
                turn = schedule().awaitNext()) {
            for (int i = 0; i < shape.atOnce() && open; i++) {
                open = send(turn * shape.atOnce() + i);
            }
        }
    }

    /** Whether the socket is still open. */
    private boolean send(long slot) {
        request.clear();
        long at = System.nanoTime();
        request.putInt(0, MAGIC).putInt(4, (int) slot).putLong(TOKEN_AT, token).putLong(16, at);
        try {
            connect();
            write();
        } catch (ClosedChannelException closed) {
            return false;
        } catch (IOException noWay) {
            // No route, refused by a local firewall, buffers full: an attempt without reply.
        }
        attempted(slot, at, System.nanoTime());
        return true;
    }

    /** Connects on the first attempt that has a route; only a connected socket hears of ICMP errors. */
    private void connect() throws IOException {
        if (!channel.isConnected()) {
            channel.connect(target);
            connected.countDown();
        }
    }

    /** The kernel reports an earlier datagram's ICMP error instead of sending this one: then it is sent again. */
    private void write() throws IOException {
        try {
            channel.write(request);
        } catch (PortUnreachableException ofAnEarlierOne) {
            request.rewind();
            channel.write(request);
        }
    }

    @Override
    void receive() {
        try {
            connected.await();
        } catch (InterruptedException nobodyInterrupts) {
            return;
        }
        while (true) {
            try {
                reply.clear();
                int length = channel.read(reply);
                long at = System.nanoTime();
                if (length >= 16 && reply.getInt(0) == MAGIC && reply.getLong(TOKEN_AT) == token) {
                    long slot = Integer.toUnsignedLong(reply.getInt(4));
                    answered(slot, at);
                    if (shape.stamped() && length >= Responder.STAMPED_BYTES) {
                        stamped(slot, reply.getLong(Responder.RECEIVED_AT), reply.getLong(Responder.SENT_AT));
                    }
                    if (length >= Responder.COUNTED_BYTES && reply.getInt(Responder.COUNTS_AT) == Responder.COUNTS) {
                        counted(slot, reply.getInt(Responder.ARRIVALS_AT));
                    }
                }
                readAllSince(at);
            } catch (PortUnreachableException unreachable) {
                // Nobody listens there now; that attempt stays unanswered.
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException trouble) {
                LockSupport.parkNanos(ERROR_PAUSE_NANOS);
            }
        }
    }
}
