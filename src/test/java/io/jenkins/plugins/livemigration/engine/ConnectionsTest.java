package io.jenkins.plugins.livemigration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.remote.PlanHosts;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Finding.Severity;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    @Test
    void triesEveryHostWhetherAScenarioUsesItOrNot() throws Exception {
        Map<Message, List<Finding>> found = check("""
                hosts: {here: {address: local}, there: {address: local}, unused: {address: local}}
                driver: {command: {from: here, to: there, on: here, migrate: 'exit 1', locate: 'exit 1'}}
                """, Duration.ofSeconds(20));

        assertThat(found.keySet())
                .extracting(Message::toString)
                .containsExactly("Host here:", "Host there:", "Host unused:");
        assertThat(found.values())
                .allSatisfy(findings -> assertThat(findings)
                        .singleElement()
                        .extracting(Finding::severity)
                        .isEqualTo(Severity.OK));
    }

    @Test
    void aSilentHostDelaysNobodyAndIsNamed() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Map<Message, List<Finding>> found = check("""
                    hosts: {mute: {address: 127.0.0.1, port: %d, insecure: true}, here: {address: local}}
                    driver: {command: {from: here, to: mute, on: here, migrate: 'exit 1', locate: 'exit 1'}}
                    """.formatted(mute.getLocalPort()), Duration.ofSeconds(2));

            assertThat(of(found, "Host mute:"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
            assertThat(of(found, "Host here:"))
                    .singleElement()
                    .satisfies(
                            finding -> assertThat(finding.problem().toString()).startsWith("It answers, in "));
        }
    }

    @Test
    void triesAClusterOnceThatSeveralScenariosUse() throws Exception {
        Map<Message, List<Finding>> found = check("""
                clusters: {pve: {url: 'https://pve.example.org:8006', credentials: token}}
                driver: {proxmox: {cluster: pve, vmid: 100, from: a, to: b}}
                scenarios: [{name: one}, {name: two, driver: {proxmox: {vmid: 101}}}]
                """, Duration.ofSeconds(20));

        assertThat(found).hasSize(1);
        assertThat(of(found, "Cluster one:"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().toString()).contains("Nobody has the secret token"));
    }

    private static List<Finding> of(Map<Message, List<Finding>> found, String place) {
        return found.entrySet().stream()
                .filter(entry -> entry.getKey().toString().equals(place))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static Map<Message, List<Finding>> check(String keys, Duration limit) throws Exception {
        ParsedPlan parsed =
                PlanParser.parse(("name: connections\n" + keys).getBytes(StandardCharsets.UTF_8), PlanFormat.YAML);
        assertThat(parsed).isInstanceOf(ParsedPlan.Valid.class);
        BenchmarkPlan plan = ((ParsedPlan.Valid) parsed).plan();
        try (PlanHosts hosts = new PlanHosts(plan.hosts(), name -> Optional.empty())) {
            return new Connections(plan, hosts, name -> Optional.empty(), limit).check();
        }
    }
}
