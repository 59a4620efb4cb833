package io.jenkins.plugins.livemigration.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.CommandPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan.Strategy;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            assertThat(podman.gate()).isTrue();
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

    @Test
    void readsThePlanOnThePageAboutPlans() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("lmb.home", "."), "docs", "plan.md"));
        String plan = page.substring(page.indexOf("```yaml\n") + 8, page.lastIndexOf("```"));

        assertThat(valid(plan).scenarios().get(0).primaryProbe().map(ProbePlan::kind))
                .contains("udp");
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
            assertThat(podman.gate()).isTrue();
        });
    }

    @Test
    void letsAParameterNameAnotherDriver() throws IOException {
        JsonNode parameters = new ObjectMapper().readTree("""
                {"driver": {"command": {"from": "host-a", "to": "host-b", "on": "local", "migrate": "m", "locate": "l"}}}
                """);

        ParsedPlan parsed = PlanParser.parse(bytes(SMALLEST), PlanFormat.YAML, parameters);

        assertThat(parsed).isInstanceOf(ParsedPlan.Valid.class);
        BenchmarkPlan plan = ((ParsedPlan.Valid) parsed).plan();
        assertThat(plan.scenarios().get(0).driver()).isInstanceOf(CommandPlan.class);
        assertThat(plan.hosts().get("local").local()).isTrue();
    }

    @Test
    void saysWhetherAMistakeIsTheFilesOrTheParameters() throws IOException {
        JsonNode parameters = new ObjectMapper().readTree("""
                {"samples": 0, "driver": {"podman": {"strategy": "fast"}}}
                """);

        ParsedPlan parsed = PlanParser.parse(bytes(SMALLEST + "warmup: -1\n"), PlanFormat.YAML, parameters);

        assertThat(mistakes(parsed))
                .containsExactly(
                        "driver.podman.strategy: \"fast\" is not a word that is known here;"
                                + " possible here: classic, stop-and-copy, pre-copy",
                        "samples: 0 is out of range; it has to be between 1 and 1000",
                        "warmup (line 4): -1 is out of range; it has to be between 0 and 100");
    }

    @Test
    void givesAScenarioWhatItDoesNotOverride() throws IOException {
        ParsedPlan.Valid parsed = parsed(resource("valid/every-key.yaml"));

        assertThat(parsed.plan().scenarios())
                .satisfiesExactly(
                        scenario -> {
                            assertThat(scenario.probes())
                                    .extracting(ProbePlan::name)
                                    .containsExactly("http", "door", "session", "ping");
                            assertThat(scenario.primaryProbe().map(ProbePlan::kind))
                                    .contains("http");
                        },
                        scenario -> {
                            assertThat(scenario.probes())
                                    .extracting(ProbePlan::name)
                                    .containsExactly("fine", "udp");
                            assertThat(scenario.primaryProbe().map(ProbePlan::name))
                                    .contains("udp");
                            assertThat(((PodmanPlan) scenario.driver()).preCopyRounds())
                                    .isEqualTo(5);
                        },
                        scenario -> {
                            WorkloadPlan workload = scenario.workload().orElseThrow();
                            assertThat(workload.start().run()).isEqualTo("systemctl start web\ndirty --rate 64M\n");
                            assertThat(workload.start().timeout()).isEqualTo(Duration.ofSeconds(10));
                            assertThat(workload.stop()).isPresent();
                            StatePlan state = scenario.state().orElseThrow();
                            assertThat(state.source()).isInstanceOf(StatePlan.Source.Command.class);
                            assertThat(state.extract()).contains("count=(\\d+)");
                            assertThat(scenario.returnBy().map(HostCommand::run))
                                    .contains("podman stop heavy");
                        },
                        scenario -> assertThat(((PodmanPlan) scenario.driver()).traffic())
                                .isEqualTo(new Traffic.None()));
    }

    @Test
    void takesTheEdgeThroughWhichAValueGetsWorse() throws IOException {
        BenchmarkPlan plan = valid(resource("valid/every-key.yaml"));

        Threshold downtime = plan.thresholds().get(0);
        assertThat(downtime.fail()).contains(500.0);
        Threshold throughput = plan.thresholds().get(2);
        assertThat(throughput.unstable()).contains(100_000_000.0);
        assertThat(throughput.fail()).contains(10_000_000.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'name': 'a', 'name': 'b'} | name (line 1): the same key is there twice, first in line 1; remove one of them",
                "{'name': null}             | name (line 1): has no value; add it, for example name: web after kernel upgrade",
                "{'name': 5}                | name (line 1): is not a text; put it in quotes: '5'",
                "[]                         | the plan (line 1): is not a mapping of keys to values;"
                        + " write keys and values, for example name: web after kernel upgrade",
                "{} {}                      | the plan (line 1): goes on after its end; leave one document in the file",
            })
    void findsTheMistakesOfJson(String json, String mistake) {
        ParsedPlan parsed = PlanParser.parse(json.replace('\'', '"'), PlanFormat.JSON);

        assertThat(mistakes(parsed)).contains(mistake.replace('\'', '"'));
    }

    @Test
    void saysWhereJsonIsBroken() {
        List<String> mistakes = mistakes(PlanParser.parse("{\n\"name\": oops}", PlanFormat.JSON));

        assertThat(mistakes)
                .singleElement()
                .asString()
                .startsWith("the plan (line 2): cannot be read: Unrecognized token 'oops'");
    }

    @Test
    void refusesADocumentThatIsTooLargeOrNoText() {
        byte[] large = "#".repeat(DocumentLimits.BYTES + 1).getBytes(StandardCharsets.UTF_8);
        byte[] noText = {'n', (byte) 0xff};

        assertThat(mistakes(PlanParser.parse(large, PlanFormat.YAML)))
                .containsExactly("the plan: is larger than 1 MiB; a plan is a page of text: is this the right file?");
        assertThat(mistakes(PlanParser.parse(noText, PlanFormat.JSON)))
                .containsExactly("the plan: is not UTF-8 text; save the file as UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "- ", "{? "})
    void endsInOrderHoweverDeepADocumentIs(String opening) {
        String deep = opening.repeat(100_000);

        for (PlanFormat format : PlanFormat.values()) {
            assertThat(mistakes(PlanParser.parse(deep, format))).isNotEmpty();
        }
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(PlanParser.parse("\ufeff" + SMALLEST, PlanFormat.YAML)).isInstanceOf(ParsedPlan.Valid.class);
    }

    @Test
    void neverShowsASecretOrControlCharacters() {
        List<String> mistakes = mistakes(
                PlanParser.parse(SMALLEST + "password: hunter2\n\"a\\u001b[31m\\u202eb\": 1\n", PlanFormat.YAML));

        assertThat(mistakes)
                .hasSize(2)
                .allSatisfy(mistake -> assertThat(mistake)
                        .doesNotContain("hunter2")
                        .doesNotContain("\u001b")
                        .doesNotContain("\u202e"));
    }

    private static List<String> mistakes(ParsedPlan parsed) {
        assertThat(parsed).isInstanceOf(ParsedPlan.Invalid.class);
        return ((ParsedPlan.Invalid) parsed)
                .mistakes().stream().map(PlanMistake::toString).toList();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = PlanParserTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
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

    @Test
    void choosesPublishedTablesByName() {
        BenchmarkPlan plan = valid("""
                name: web
                hosts: {a: {address: 192.0.2.11}, b: {address: 192.0.2.12}}
                driver: {podman: {from: a, to: b, containers: [web]}}
                categories:
                  delay.oneWay.during: {table: itu-t-g114}
                  throughput.during: {table: tiphon-percent, available: 10 Mbit/s}
                thresholds:
                  - {metric: delay.oneWay.during, fail: bad}
                  - {metric: throughput.during, unstable: fair}
                  - {metric: qos.index.after, fail: poor}
                """);
        assertThat(plan.categories().get("throughput.during").classes())
                .extracting(CategoryEdges.Edge::below)
                .containsExactly(5e6, 7.5e6, 10e6, Double.POSITIVE_INFINITY);
        assertThat(plan.thresholds())
                .extracting(threshold -> threshold.fail().or(threshold::unstable))
                .containsExactly(Optional.of(400.0), Optional.of(7.5e6), Optional.of(2.0));
    }
}
