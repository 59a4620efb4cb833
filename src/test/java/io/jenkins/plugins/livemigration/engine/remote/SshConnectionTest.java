package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SshConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private TestSshServer server;
    private ExecutorService executor;
    private SshConnection connection;

    @BeforeEach
    void connect() throws Exception {
        server = new TestSshServer().start();
        executor = Executors.newCachedThreadPool();
        connection = new SshConnector(server.plan("a"), TestSshServer.password(), Optional.empty()).open(executor);
    }

    @AfterEach
    void disconnect() {
        connection.close();
        executor.shutdown();
        server.close();
    }

    /** Keeps JSch in the middle of ending its channels, for as long as somebody needs to ask for the next one. */
    @Test
    void handsOutNoShellOfALineWhoseEndIsOnlyJustBecomingKnown() throws Exception {
        ShellChannel first = connection.take();
        // The two that are opened in advance, and the first.
        await().atMost(LONG).until(() -> server.executions.get() == 3);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        first.whenEnded(end -> {
            told.countDown();
            awaitUninterrupted(goOn);
        });
        server.cut();
        told.await();
        assertThat(connection.alive())
                .as("the session still calls itself connected")
                .isTrue();

        AtomicReference<Object> outcome = new AtomicReference<>();
        Thread next = new Thread(() -> outcome.set(takeOrFault()));
        next.start();
        await().atMost(LONG).until(() -> outcome.get() != null || next.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        await().atMost(LONG).until(() -> outcome.get() != null);
        assertThat(outcome.get()).isInstanceOf(IOException.class);
    }

    @Test
    void trustsItsShellsAgainOnceTheLineHasOutlivedTheLossOfOne() throws Exception {
        ShellChannel lost = connection.take();
        // A shell that is killed by its host without an exit status is nobody's lost line.
        lost.send("kill -9 $$", OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), () -> {});
        CountDownLatch ended = new CountDownLatch(1);
        lost.whenEnded(end -> ended.countDown());
        ended.await();
        assertThat(connection.take().usable()).isTrue();
        await().atMost(LONG).until(() -> server.executions.get() >= 4);
        int before = server.executions.get();
        assertThat(connection.take().usable()).isTrue();
        assertThat(server.executions.get()).isBetween(before, before + 1);
        assertThat(server.sessionsEver).hasValue(1);
    }

    private Object takeOrFault() {
        try {
            return connection.take();
        } catch (IOException | InterruptedException fault) {
            return fault;
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
