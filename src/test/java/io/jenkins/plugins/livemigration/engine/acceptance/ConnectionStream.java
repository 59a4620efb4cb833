package io.jenkins.plugins.livemigration.engine.acceptance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that opens a hundred TCP connections a second, asks one line over each, waits for the answer and closes it. One
 * thread serves all, so that connections that have to wait hold up no other. At this rate those in TIME_WAIT (60 s) take a
 * quarter of the local ports.
 */
final class ConnectionStream implements AutoCloseable {
    private static final long INTERVAL = 10_000_000;
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

    private final InetSocketAddress service;
    private final Selector selector = Selector.open();
    private final Thread thread = new Thread(this::serve, "connection-stream");
    private final long start = System.nanoTime();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean stopping;

    private ConnectionStream(InetSocketAddress service) throws IOException {
        this.service = service;
    }

    static ConnectionStream to(String address, int port) throws IOException {
        ConnectionStream stream = new ConnectionStream(new InetSocketAddress(address, port));
        stream.thread.start();
        return stream;
    }

    private void serve() {
        try {
            while (!stopping || !selector.keys().isEmpty()) {
                long due = start + opened.get() * INTERVAL;
                long wait = (due - System.nanoTime()) / 1_000_000;
                if (stopping || wait > 0) {
                    selector.select(stopping ? 100 : wait);
                } else {
                    open();
                    selector.selectNow();
                }
                Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
                while (ready.hasNext()) {
                    goOn(ready.next());
                    ready.remove();
                }
                giveUpOld();
            }
        } catch (IOException broken) {
            failed(broken);
        }
    }

    private void open() throws IOException {
        opened.incrementAndGet();
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.connect(service);
            channel.register(selector, SelectionKey.OP_CONNECT, System.nanoTime());
        } catch (IOException refused) {
            failed(refused);
            channel.close();
        }
    }

    private void goOn(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                channel.write(ByteBuffer.wrap("fresh\n".getBytes(StandardCharsets.US_ASCII)));
                key.interestOps(SelectionKey.OP_READ);
            } else if (key.isReadable()) {
                if (channel.read(ByteBuffer.allocate(1024)) <= 0) {
                    throw new IOException("closed without an answer");
                }
                answered.incrementAndGet();
                channel.close();
            }
        } catch (IOException refused) {
            failed(refused);
            channel.close();
        }
    }

    private void giveUpOld() throws IOException {
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && System.nanoTime() - (Long) key.attachment() > PATIENCE) {
                failed(new IOException("no answer in 30 s"));
                key.channel().close();
            }
        }
    }

    private void failed(IOException why) {
        synchronized (failures) {
            failures.merge(String.valueOf(why.getMessage()), 1, Integer::sum);
        }
    }

    /** How many a second were opened. */
    double rate() {
        return opened.get() / ((System.nanoTime() - start) / 1e9);
    }

    int opened() {
        return opened.get();
    }

    int answered() {
        return answered.get();
    }

    /** How often which failure was met. */
    Map<String, Integer> failures() {
        synchronized (failures) {
            return Map.copyOf(failures);
        }
    }

    /** Opens no more, and waits for those that are open. */
    void finish() throws InterruptedException {
        stopping = true;
        selector.wakeup();
        thread.join(2 * PATIENCE / 1_000_000);
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
