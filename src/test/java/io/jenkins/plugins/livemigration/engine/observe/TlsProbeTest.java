package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.TestCertificate;
import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.plan.ProbePlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsProbeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private SSLContext known;
    private SSLServerSocket server;

    @BeforeEach
    void startServer() throws Exception {
        known = TestCertificate.make(folder).context();
        server = (SSLServerSocket)
                known.getServerSocketFactory().createServerSocket(0, 200, InetAddress.getByName("localhost"));
        new Thread(this::serve, "test-tls").start();
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void probesThroughTls(String version) throws Exception {
        server.setEnabledProtocols(new String[] {version});
        RecordedTrace trace = probe(new SystemProbes(known), "localhost", 30);
        int answered = 0;
        for (int i = 0; i < trace.size(); i++) {
            answered += trace.answered(i) ? 1 : 0;
        }
        assertThat(answered).isGreaterThanOrEqualTo(30);
    }

    @Test
    void takesACertificateThatItDoesNotTrustForNoReply() throws Exception {
        assertUnanswered(probe(new SystemProbes(), "localhost", 0));
    }

    @Test
    void takesACertificateForAnotherHostForNoReply() throws Exception {
        assertUnanswered(probe(new SystemProbes(known), server.getInetAddress().getHostAddress(), 0));
    }

    private static void assertUnanswered(RecordedTrace trace) {
        assertThat(trace.size()).isGreaterThan(3);
        for (int i = 0; i < trace.size(); i++) {
            assertThat(trace.answered(i)).isFalse();
        }
    }

    private RecordedTrace probe(SystemProbes probes, String host, int replies) throws Exception {
        String url = "https://" + host + ":" + server.getLocalPort() + "/";
        ProbePlan.Http plan = new ProbePlan.Http("web", url, Duration.ofMillis(20), Duration.ofSeconds(2), false);
        try (ProbeSession session = probes.start(List.of(plan), folder, "s", RunClock.startingNow())) {
            if (replies == 0) {
                assertThat(session.awaitReplies(1, Duration.ofMillis(300))).containsExactly("web");
            } else {
                assertThat(session.awaitReplies(replies, SOON)).isEmpty();
            }
            session.stop();
        }
        return ProbeFile.read(folder.resolve("s-web.probe")).trace();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) server.accept();
                Thread thread = new Thread(() -> answer(socket), "test-tls-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(SSLSocket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                // The request's head.
            }
            byte[] body = new byte[40_000];
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
        } catch (IOException refused) {
            // The client did not trust us.
        }
    }
}
