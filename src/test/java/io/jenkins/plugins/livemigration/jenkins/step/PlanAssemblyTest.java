package io.jenkins.plugins.livemigration.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PlanAssemblyTest {
    private static final String FILE = """
            name: from the file
            driver: {podman: {from: host-a, to: host-b, containers: [web]}}
            """;
    private static final String LAB = """
            {"host-a": {"address": "192.0.2.11", "credentials": "The key of the lab"},
             "host-b": {"address": "192.0.2.12", "credentials": "The key of the lab"}}
            """;
    private static final UnaryOperator<String> NOTHING = UnaryOperator.identity();

    @Test
    void laysParametersOverTheFile() throws Exception {
        PlanAssembly.Assembled.Plan plan = plan(FILE, "{\"name\": \"from the step\"}", LAB, NOTHING);
        assertThat(plan.name()).isEqualTo("from the step");
        assertThat(plan.plan().at("/driver/podman/containers/0").textValue()).isEqualTo("web");
    }

    @Test
    void givesALabsCredentialsNamesThatNoPlanCanUse() throws Exception {
        PlanAssembly.Assembled.Plan plan = plan(FILE, "{}", LAB, NOTHING);
        assertThat(plan.credentials()).isEmpty();
        assertThat(plan.labCredentials()).containsValue("The key of the lab");
        String named = plan.plan().at("/hosts/host-a/credentials").textValue();
        assertThat(plan.labCredentials()).containsKey(named);

        String stolen = "{\"hosts\": {\"mine\": {\"address\": \"evil.example\", \"credentials\": \"" + named + "\"},"
                + " \"other\": {}}, \"driver\": {\"podman\": {\"from\": \"mine\", \"to\": \"other\"}}}";
        assertThat(wrong(FILE, stolen, Optional.empty())).anyMatch(mistake -> mistake.contains(named));
    }

    @Test
    void aLabsHostsCannotBeRedirectedByTheStepNorByTheFile() throws Exception {
        String step = "{\"hosts\": {\"host-a\": {\"address\": \"evil.example\"}}}";
        assertThat(wrong(FILE, step, Optional.of(LAB))).anyMatch(mistake -> mistake.startsWith("hosts.host-a"));
        assertThat(wrong(FILE + "hosts: {host-b: {port: 2222}}\n", "{}", Optional.of(LAB)))
                .anyMatch(mistake -> mistake.startsWith("hosts.host-b"));
    }

    @Test
    void refusesFilesAsSecrets() throws Exception {
        String hosts = "{\"hosts\": {\"host-a\": {\"identityFile\": \"~/.ssh/id\"}, \"host-b\": {}}}";
        assertThat(wrong(FILE, hosts, Optional.empty())).anyMatch(mistake -> mistake.contains("host-a.identityFile"));
    }

    @Test
    void expandsVariablesButNotInCommandsWhichHaveTheirOwn() throws Exception {
        String parameters = """
                {"name": "$BRANCH", "hosts": {"host-a": {"address": "local"}, "host-b": {"address": "local"}},
                 "driver": {"command": {"from": "host-a", "to": "host-b", "on": "local",
                                        "migrate": "move $BRANCH $LMB_TO", "locate": "where"}}}
                """;
        UnaryOperator<String> expand = text -> text.replace("$BRANCH", "main");
        PlanAssembly.Assembled.Plan plan = plan("samples: 1", parameters, null, expand);
        assertThat(plan.name()).isEqualTo("main");
        assertThat(plan.plan().at("/driver/command/migrate").textValue()).isEqualTo("move $BRANCH $LMB_TO");
    }

    @Test
    void saysWhatTheEngineWouldSay() throws Exception {
        assertThat(wrong(FILE, "{\"sample\": 3}", Optional.of(LAB))).anyMatch(mistake -> mistake.contains("samples"));
    }

    private static PlanAssembly.Assembled.Plan plan(
            String file, String parameters, String lab, UnaryOperator<String> expand) throws Exception {
        PlanAssembly.Assembled assembled = assemble(file, parameters, Optional.ofNullable(lab), expand);
        assertThat(assembled).isInstanceOf(PlanAssembly.Assembled.Plan.class);
        return (PlanAssembly.Assembled.Plan) assembled;
    }

    private static List<String> wrong(String file, String parameters, Optional<String> lab) throws Exception {
        PlanAssembly.Assembled assembled = assemble(file, parameters, lab, NOTHING);
        assertThat(assembled).isInstanceOf(PlanAssembly.Assembled.Wrong.class);
        return ((PlanAssembly.Assembled.Wrong) assembled).mistakes();
    }

    private static PlanAssembly.Assembled assemble(
            String file, String parameters, Optional<String> lab, UnaryOperator<String> expand) throws Exception {
        Optional<ObjectNode> hosts = lab.isPresent() ? Optional.of(json(lab.get())) : Optional.empty();
        return new PlanAssembly(json(parameters), Optional.of(file.getBytes(StandardCharsets.UTF_8)), PlanFormat.YAML)
                .assemble(hosts, expand);
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(text);
    }
}
