package io.jenkins.plugins.livemigration.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.CommandPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan.Strategy;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanParserTest {
    private static final String SMALLEST = """
            name: smallest
            hosts: {host-a: {}, host-b: {}}
            driver: {podman: {from: host-a, to: host-b, containers: [web]}}
            """;

    @Test
    void fillsInEveryDefault() {
        BenchmarkPlan plan = valid(SMALLEST);

        assertThat(plan.samples()).isEqualTo(5);
        assertThat(plan.warmup()).isEqualTo(1);
        assertThat(plan.directions()).isEqualTo(BenchmarkPlan.Directions.TO_AND_FRO);
        assertThat(plan.pause()).isEqualTo(Duration.ZERO);
        assertThat(plan.freshStart()).isFalse();
        assertThat(plan.window()).isEqualTo(new WindowPlan(Duration.ofSeconds(1), Duration.ofSeconds(10)));
        assertThat(plan.sampleTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(plan.stopAfterFailures()).isEqualTo(3);
        assertThat(plan.categories()).isEqualTo(DefaultCategories.ofDriver("podman"));
        assertThat(plan.thresholds()).isEmpty();
        assertThat(plan.output().directory()).isEqualTo("runs");
        assertThat(plan.hosts().get("host-a"))
                .isEqualTo(new HostPlan(
                        "host-a",
                        "host-a",
                        22,
                        "root",
                        Optional.empty(),
                        Optional.empty(),
                        new HostPlan.HostKey.KnownHosts("~/.ssh/known_hosts"),
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5)));
        assertThat(plan.scenarios()).singleElement().satisfies(scenario -> {
            assertThat(scenario.name()).isEqualTo("default");
            assertThat(scenario.probes()).isEmpty();
            PodmanPlan podman = (PodmanPlan) scenario.driver();
            assertThat(podman.strategy()).isEqualTo(Strategy.STOP_AND_COPY);
            assertThat(podman.compression()).isEqualTo("none");
            assertThat(podman.traffic()).isEqualTo(new Traffic.None());
            assertThat(podman.gate()).isFalse();
        });
    }

    @Test
    void readsThePodmanExample() throws IOException {
        BenchmarkPlan plan = valid(example("podman.yaml"));

        assertThat(plan.scenarios()).extracting(ScenarioPlan::name).containsExactly("stop-and-copy", "classic");
        PodmanPlan classic = (PodmanPlan) plan.scenarios().get(1).driver();
        assertThat(classic.strategy()).isEqualTo(Strategy.CLASSIC);
        assertThat(classic.compression()).isEqualTo("gzip");
        assertThat(classic.traffic()).isEqualTo(new Traffic.FloatingAddress("192.0.2.10/24", "eth0"));
        assertThat(classic.gate()).isTrue();
        assertThat(plan.scenarios().get(0).primaryProbe().map(ProbePlan::kind)).contains("udp");
        assertThat(plan.thresholds().get(0).unstable()).contains(800.0);
        assertThat(plan.thresholds().get(0).fail()).contains(2000.0);
        assertThat(plan.thresholds().get(1).fail()).contains(30_000.0);
        assertThat(plan.thresholds().get(1).failText()).isEqualTo("very bad");
    }

    @Test
    void readsTheCommandExample() throws IOException {
        BenchmarkPlan plan = valid(example("command.yaml"));

        CommandPlan command = (CommandPlan) plan.scenarios().get(0).driver();
        assertThat(command.runOn()).isEqualTo("manager");
        assertThat(command.timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(command.cancel()).isEmpty();
        assertThat(plan.hosts().get("node-1").jump()).contains("manager");
        assertThat(plan.thresholds().get(0).unstable()).contains(500.0);
        assertThat(plan.thresholds().get(1).fail()).contains(1.0);
        assertThat(plan.scenarios().get(0).returnBy().map(HostCommand::on)).contains("manager");
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman.yaml", "command.yaml"})
    void readsWhatItRendersAsTheSamePlan(String example) throws IOException {
        ParsedPlan.Valid first = parsed(example(example));

        ParsedPlan again = PlanParser.parse(first.canonical());

        assertThat(again).isEqualTo(first);
    }

    @Test
    void laysParametersOverThePlanFile() throws IOException {
        JsonNode parameters = new ObjectMapper().readTree("""
                {"samples": 3,
                 "driver": {"podman": {"strategy": "pre-copy", "traffic": {"macvlan": true}}},
                 "scenarios": [{"name": "only"}],
                 "thresholds": []}
                """);

        ParsedPlan parsed = PlanParser.parse(bytes(example("podman.yaml")), PlanFormat.YAML, parameters);

        assertThat(parsed).isInstanceOf(ParsedPlan.Valid.class);
        BenchmarkPlan plan = ((ParsedPlan.Valid) parsed).plan();
        assertThat(plan.samples()).isEqualTo(3);
        assertThat(plan.thresholds()).isEmpty();
        assertThat(plan.scenarios()).singleElement().satisfies(scenario -> {
            PodmanPlan podman = (PodmanPlan) scenario.driver();
            assertThat(podman.containers()).containsExactly("web");
            assertThat(podman.strategy()).isEqualTo(Strategy.PRE_COPY);
            assertThat(podman.traffic()).isEqualTo(new Traffic.Macvlan());
        });
    }

    private static BenchmarkPlan valid(String yaml) {
        return parsed(yaml).plan();
    }

    private static ParsedPlan.Valid parsed(String yaml) {
        ParsedPlan parsed = PlanParser.parse(yaml, PlanFormat.YAML);
        assertThat(parsed).isInstanceOf(ParsedPlan.Valid.class);
        return (ParsedPlan.Valid) parsed;
    }

    private static String example(String name) throws IOException {
        return Files.readString(Path.of(System.getProperty("lmb.home", "."), "docs", "examples", name));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
