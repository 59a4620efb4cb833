package io.jenkins.plugins.livemigration.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.plan.HostCommand;
import io.jenkins.plugins.livemigration.engine.plan.StatePlan;
import io.jenkins.plugins.livemigration.engine.plan.StatePlan.Expect;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import io.jenkins.plugins.livemigration.engine.result.StateCheck;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StateReaderTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Host local = new LocalHost("here");
    private final StateReader reader = new StateReader(new OneHost(local));

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void takesTheFirstGroupOfTheAnswer() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse(200, Headers.of(), "{\"count\": 4711, \"up\": 12}"));
            server.start();
            assertThat(reader.read(http(server.url("/").toString(), "\"count\": (\\d+)", Expect.MONOTONIC, LONG)))
                    .isEqualTo(new StateReading.Value("4711"));
        }
    }

    @Test
    void triesAgainUntilTheServiceAnswers() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse(503, Headers.of(), "not yet"));
            server.enqueue(new MockResponse(200, Headers.of(), "session-1\n"));
            server.start();
            assertThat(reader.read(http(server.url("/").toString(), null, Expect.EQUAL, LONG)))
                    .isEqualTo(new StateReading.Value("session-1"));
        }
    }

    @Test
    void saysWhyItCouldNotRead() throws Exception {
        String url;
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            url = server.url("/").toString();
        }
        assertThat(unreadable(http(url, null, Expect.EQUAL, Duration.ofMillis(600))))
                .contains(url);
        assertThat(unreadable(command("echo soon", "count=(\\d+)", Expect.EQUAL)))
                .contains("count=(\\d+)")
                .contains("soon");
        assertThat(unreadable(command("echo many", null, Expect.MONOTONIC))).contains("no number");
        assertThat(unreadable(command("echo no such container >&2; exit 125", null, Expect.EQUAL)))
                .contains("here")
                .contains("no such container");
    }

    @Test
    void readsFromACommand() throws Exception {
        assertThat(reader.read(command("printf 'count=42 x'", "count=\\d+", Expect.EQUAL)))
                .isEqualTo(new StateReading.Value("count=42"));
    }

    @ParameterizedTest
    @CsvSource({
        "EQUAL, a, a, true",
        "EQUAL, a, b, false",
        "MONOTONIC, 9, 10, true",
        "MONOTONIC, 10, 10.0, true",
        "MONOTONIC, 10, 9, false",
        "MONOTONIC, 12345678901234567890, 12345678901234567889, false",
    })
    void comparesAsThePlanDemands(Expect expect, String before, String after, boolean kept) {
        assertThat(StateReader.compare(
                        command("true", null, expect), new StateReading.Value(before), new StateReading.Value(after)))
                .isEqualTo(new StateCheck(before, after, kept));
    }

    private String unreadable(StatePlan plan) throws InterruptedException {
        return ((StateReading.Unreadable) reader.read(plan)).why().toString();
    }

    private static StatePlan http(String url, String extract, Expect expect, Duration timeout) {
        return new StatePlan(new StatePlan.Source.Http(url), Optional.ofNullable(extract), expect, timeout);
    }

    private static StatePlan command(String run, String extract, Expect expect) {
        HostCommand command = new HostCommand("here", run, Duration.ofSeconds(10));
        return new StatePlan(
                new StatePlan.Source.Command(command), Optional.ofNullable(extract), expect, Duration.ofSeconds(10));
    }

    private record OneHost(Host only) implements Hosts {
        @Override
        public Host host(String name) {
            return only;
        }

        @Override
        public Collection<Host> all() {
            return List.of(only);
        }

        @Override
        public void close() {
            only.close();
        }
    }
}
