package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpApiTest {
    private final MockWebServer server = new MockWebServer();
    private final HttpApi http =
            new HttpApi(new HttpTrust.PublicAuthorities(), Duration.ofSeconds(2), Duration.ofMillis(500));

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getByName("localhost"), 0);
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void exposesTheReasonPhraseAndTheServersClock() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .status("HTTP/1.1 500 can't migrate running VM without --online")
                .setHeader("Date", "Fri, 20 Nov 2026 06:00:00 GMT")
                .body("{\"data\":null}")
                .build());

        assertThat(send("GET", Map.of()))
                .isEqualTo(new HttpAnswer.Answered(
                        500,
                        "can't migrate running VM without --online",
                        "{\"data\":null}",
                        Optional.of(Instant.parse("2026-11-20T06:00:00Z"))));
    }

    @Test
    void sendsFormsWithPostAndNothingWithDelete() throws Exception {
        server.enqueue(new MockResponse.Builder().body("").build());
        server.enqueue(new MockResponse.Builder().body("").build());

        send("POST", Map.of("target", "a b&c=ä"));
        send("DELETE", Map.of());

        assertThat(server.takeRequest().getBody().utf8()).isEqualTo("target=a+b%26c%3D%C3%A4");
        assertThat(server.takeRequest().getBodySize()).isZero();
    }

    @Test
    void tellsWhetherARequestMayHaveArrived() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(
                new MockResponse.Builder().headersDelay(2, TimeUnit.SECONDS).build());

        assertThat(send("POST", Map.of()))
                .isInstanceOfSatisfying(
                        HttpAnswer.Unanswered.class,
                        lost -> assertThat(lost.sent()).isTrue());
        assertThat(send("POST", Map.of()))
                .isInstanceOfSatisfying(
                        HttpAnswer.Unanswered.class,
                        late -> assertThat(late.sent()).isTrue());
        assertThat(server.getRequestCount()).as("nothing is sent twice").isEqualTo(2);
        int unused;
        try (ServerSocket port = new ServerSocket(0)) {
            unused = port.getLocalPort();
        }
        assertThat(http.send("POST", "http://localhost:" + unused + "/", Map.of(), Map.of()))
                .isInstanceOfSatisfying(
                        HttpAnswer.Unanswered.class,
                        refused -> assertThat(refused.sent()).isFalse());
    }

    @Test
    void followsNoRedirect() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", "http://localhost:1/")
                .build());

        assertThat(send("GET", Map.of()))
                .isInstanceOfSatisfying(
                        HttpAnswer.Answered.class,
                        answer -> assertThat(answer.status()).isEqualTo(302));
    }

    @Test
    void refusesWhatIsNoCertificate() {
        assertThatThrownBy(() -> new HttpApi(
                        new HttpTrust.OwnAuthority("nothing"), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private HttpAnswer send(String method, Map<String, String> form) throws InterruptedException {
        return http.send(method, "http://localhost:" + server.getPort() + "/api2/json/x", Map.of("A", "b"), form);
    }
}
