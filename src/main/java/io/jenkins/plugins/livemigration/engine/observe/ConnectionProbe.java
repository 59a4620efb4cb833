package io.jenkins.plugins.livemigration.engine.observe;

import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A new TCP connection for every attempt; what counts as the reply is the {@link Exchange}'s matter. An attempt that hangs
 * does not hold up the next: up to {@link #MAX_OUTSTANDING} are under way at once, after which slots stay empty until one
 * ends. An attempt that is not over after the plan's time-out is given up.
 *
 * <p>An attempt's time begins just before the connection is asked for, and its reply's when the selecting thread wakes.
 * While connections hang, the client's kernel repeats their first packets after 1, 3, 7, ... s: an attempt that is answered
 * late tells the kernel's timers, not when the service came back. The newer attempts beside it do.
 */
final class ConnectionProbe extends ScheduledProbe {
    static final int MAX_OUTSTANDING = 512;
    private static final long MAX_SELECT_MILLIS = 100;

    /** What is said over one connection. Used by the selecting thread alone. */
    interface Exchange {
        /** What is wanted after the connection stands: a {@link SelectionKey} operation, or 0 if the exchange is over. */
        int connected();

        /**
         * The channel is ready for what was wanted.
         *
         * @return what is wanted next, or 0 if the exchange is over
         */
        int ready(ByteChannel channel) throws IOException;

        /** Whether the reply came. Once true, it stays so. */
        boolean replied();
    }

    /** Makes an exchange for every attempt. */
    interface Protocol {
        Exchange begin();
    }

    private record Attempt(long slot, long deadline, SocketChannel channel, Exchange exchange) {}

    private final InetSocketAddress target;
    private final Protocol protocol;
    private final Selector selector;
    private final AtomicInteger outstanding = new AtomicInteger();
    private final Queue<Attempt> begun = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    ConnectionProbe(
            ProbePlan plan,
            InetSocketAddress target,
            Protocol protocol,
            Schedule schedule,
            RunClock clock,
            ProbeFileWriter records)
            throws IOException {
        super(plan, schedule, clock, records);
        this.target = target;
        this.protocol = protocol;
        this.selector = Selector.open();
    }

    @Override
    public void close() {
        stopSending();
        closed = true;
        selector.wakeup();
        join(receiver());
        try {
            selector.close();
        } catch (IOException ignored) {
            // Every channel of it is closed already.
        }
    }

    @Override
    void send() {
        for (long slot = schedule().awaitNext(); slot >= 0; slot = schedule().awaitNext()) {
            if (outstanding.get() < MAX_OUTSTANDING) {
                begin(slot);
            }
        }
    }

    private void begin(long slot) {
        long at = System.nanoTime();
        try {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.connect(target);
                outstanding.incrementAndGet();
                begun.add(new Attempt(slot, at + plan().timeout().toNanos(), channel, protocol.begin()));
                selector.wakeup();
            } catch (IOException refusedAtOnce) {
                channel.close();
            }
        } catch (IOException noSocket) {
            // Out of ports or descriptors, no route: an attempt without reply.
        }
        attempted(slot, at, System.nanoTime());
    }

    @Override
    void receive() {
        try {
            while (!closed) {
                selector.select(MAX_SELECT_MILLIS);
                long at = System.nanoTime();
                for (SelectionKey key : selector.selectedKeys()) {
                    advance(key, at);
                }
                selector.selectedKeys().clear();
                for (Attempt attempt = begun.poll(); attempt != null; attempt = begun.poll()) {
                    register(attempt);
                }
                for (SelectionKey key : selector.keys()) {
                    if (key.isValid() && at - attempt(key).deadline() > 0) {
                        end(attempt(key));
                    }
                }
                readAllSince(at);
            }
        } catch (IOException | ClosedSelectorException broken) {
            schedule().stop();
        } finally {
            selector.keys().forEach(key -> end(attempt(key)));
            begun.forEach(this::end);
        }
    }

    /** A connection to this machine may stand already; a selector would never say so. */
    private void register(Attempt attempt) {
        try {
            SelectionKey key = attempt.channel().register(selector, SelectionKey.OP_CONNECT, attempt);
            if (attempt.channel().isConnected()) {
                advance(key, System.nanoTime());
            }
        } catch (IOException broken) {
            end(attempt);
        }
    }

    private static Attempt attempt(SelectionKey key) {
        return (Attempt) key.attachment();
    }

    private void advance(SelectionKey key, long at) {
        Attempt attempt = attempt(key);
        try {
            boolean repliedBefore = attempt.exchange().replied();
            int wanted;
            if (key.interestOps() == SelectionKey.OP_CONNECT) {
                attempt.channel().finishConnect();
                wanted = attempt.exchange().connected();
            } else {
                wanted = attempt.exchange().ready(attempt.channel());
            }
            if (!repliedBefore && attempt.exchange().replied()) {
                answered(attempt.slot(), at);
            }
            if (wanted == 0) {
                end(attempt);
            } else {
                key.interestOps(wanted);
            }
        } catch (IOException refusedOrBroken) {
            end(attempt);
        }
    }

    private void end(Attempt attempt) {
        if (attempt.channel().isOpen()) {
            outstanding.decrementAndGet();
            try {
                attempt.channel().close();
            } catch (IOException ignored) {
                // It is gone either way.
            }
        }
    }
}
