package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UnreachableHostTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    /** So long that a busy machine answers within three of them. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(1);

    @Test
    void tellsARefusedConnection() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertCause(plan("127.0.0.1", port, Duration.ofSeconds(5)), Reachability.Cause.REFUSED);
    }

    @Test
    void tellsAnUnknownName() throws Exception {
        assertCause(plan("no-such-host.invalid", 22, Duration.ofSeconds(5)), Reachability.Cause.NAME_UNKNOWN);
    }

    @Test
    void tellsAServerThatAcceptsAndNeverSpeaks() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertCause(plan("127.0.0.1", mute.getLocalPort(), Duration.ofMillis(500)), Reachability.Cause.TIMED_OUT);
        }
    }

    @Test
    void aCommandThatCannotBeSentInTimeIsLostUnsent() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                SshHost host = host(plan("127.0.0.1", mute.getLocalPort(), LONG))) {
            assertThat(host.run("true", Duration.ofMillis(300)))
                    .isEqualTo(new CommandResult.Lost(false, "timed out after 300 ms, not sent", "", ""));
        }
    }

    @Test
    void aLineThatGoesSilentIsGivenUpAfterUnansweredSignsOfLife() throws Exception {
        try (TestSshServer server = new TestSshServer().start();
                SilencingRelay relay = new SilencingRelay(server.port())) {
            HostPlan plan = plan("127.0.0.1", relay.port(), Duration.ofSeconds(5));
            try (SshHost host = host(plan)) {
                List<String> lines = new CopyOnWriteArrayList<>();
                RunningCommand running = host.start("echo begun; sleep 60", lines::add);
                await().atMost(LONG).until(() -> !lines.isEmpty());
                relay.silent = true;
                long begin = System.nanoTime();
                assertThat(running.await(LONG))
                        .isEqualTo(new CommandResult.Lost(true, "connection lost", "begun\n", ""));
                // Given up by the signs of life, long before the command would have ended or the time was over.
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG.dividedBy(2));
                relay.silent = false;
                assertThat(host.run("echo again", LONG).out()).isEqualTo("again\n");
                assertThat(server.sessionsEver).hasValue(2);
            }
        }
    }

    private static void assertCause(HostPlan plan, Reachability.Cause cause) throws Exception {
        try (SshHost host = host(plan)) {
            assertThat(host.probe(LONG)).isInstanceOfSatisfying(Reachability.Unreached.class, unreached -> {
                assertThat(unreached.cause()).as(unreached.detail()).isEqualTo(cause);
                assertThat(unreached.detail()).isNotBlank();
            });
            assertThat(host.run("true", LONG))
                    .isInstanceOfSatisfying(
                            CommandResult.Lost.class,
                            lost -> assertThat(lost.sent()).isFalse());
        }
    }

    private static SshHost host(HostPlan plan) {
        return new SshHost(plan, TestSshServer.password(), Optional.empty());
    }

    private static HostPlan plan(String address, int port, Duration connectTimeout) {
        return new HostPlan(
                "a",
                address,
                port,
                TestSshServer.USER,
                Optional.of("secret"),
                Optional.empty(),
                new HostPlan.HostKey.Insecure(),
                Optional.empty(),
                connectTimeout,
                KEEP_ALIVE);
    }

    /** Carries TCP connections to a port, until it is told to swallow everything, as a dead line does. */
    private static final class SilencingRelay implements AutoCloseable {
        volatile boolean silent;
        private final ServerSocket listener;
        private final int target;
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();

        SilencingRelay(int target) throws IOException {
            this.target = target;
            this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            daemon(this::accept);
        }

        int port() {
            return listener.getLocalPort();
        }

        private void accept() throws IOException {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.addAll(List.of(client, server));
                daemon(() -> carry(client.getInputStream(), server.getOutputStream()));
                daemon(() -> carry(server.getInputStream(), client.getOutputStream()));
            }
        }

        private void carry(InputStream from, OutputStream to) throws IOException {
            byte[] buffer = new byte[1 << 14];
            boolean swallowed = false;
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                swallowed |= silent;
                if (!swallowed) {
                    to.write(buffer, 0, count);
                }
            }
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void daemon(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException closed) {
                    // the test is over, or one side is
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
