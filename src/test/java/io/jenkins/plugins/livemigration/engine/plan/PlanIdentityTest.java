package io.jenkins.plugins.livemigration.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanIdentityTest {
    private static final String PLAN = """
            name: web
            hosts: {host-a: {address: 192.0.2.11}, host-b: {address: 192.0.2.12}}
            driver: {podman: {from: host-a, to: host-b, containers: [web]}}
            samples: 5
            probes: [{udp: {host: 192.0.2.10, port: 7007}}]
            thresholds: [{metric: downtime.observed, fail: 2 s}]
            """;

    /** Journals of earlier runs hold it: a change of the rendering must not pass unnoticed. */
    @Test
    void isStable() {
        assertThat(identity(PLAN)).isEqualTo("71dcacf62bc59f103b192b54d6040e72a530c8c3d0272d0cae4edd8e0df98e2b");
    }

    @Test
    void isTheSameInWhateverOrderAndNotation() {
        String other = """
                {"probes": [{"udp": {"port": 7007, "host": "192.0.2.10", "intervalMillis": 10, "primary": true}}],
                 "driver": {"podman": {"to": "host-b", "containers": ["web"], "from": "host-a", "strategy": "stop-and-copy"}},
                 "window": {"after": "10000 ms"},
                 "hosts": {"host-b": {}, "host-a": {}}, "name": "web"}
                """;

        assertThat(identity(other)).isEqualTo(identity(PLAN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "name: web | name: other",
                "address: 192.0.2.12 | address: 192.0.2.13, user: ci, credentials: lab",
                "samples: 5 | samples: 20",
                "samples: 5 | stopAfterFailures: 1",
                "samples: 5 | waitForWorkload: 1 h",
                "samples: 5 | pause: 5 s",
                "samples: 5 | output: {directory: elsewhere}",
                "fail: 2 s | fail: 1 s",
                "samples: 5 | state: {http: http://192.0.2.10/count}",
            })
    void leavesOutWhatDoesNotChangeTheFigures(String from, String to) {
        assertThat(PLAN).contains(from);
        assertThat(identity(PLAN.replace(from, to))).isEqualTo(identity(PLAN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "containers: [web] | containers: [web], compression: zstd",
                "containers: [web] | containers: [db]",
                "samples: 5 | directions: one-way",
                "samples: 5 | window: {after: 20 s}",
                "samples: 5 | scenarios: [{name: renamed}]",
                "samples: 5 | workload: {start: {run: ./start}}",
                "port: 7007 | port: 7007, intervalMillis: 1",
                "from: host-a, to: host-b | from: host-b, to: host-a",
            })
    void coversWhatChangesTheFigures(String from, String to) {
        assertThat(PLAN).contains(from);
        assertThat(identity(PLAN.replace(from, to))).isNotEqualTo(identity(PLAN));
    }

    private static String identity(String text) {
        ParsedPlan parsed = PlanParser.parse(text, PlanFormat.YAML);
        assertThat(parsed).isInstanceOf(ParsedPlan.Valid.class);
        return PlanIdentity.of(((ParsedPlan.Valid) parsed).plan());
    }
}
