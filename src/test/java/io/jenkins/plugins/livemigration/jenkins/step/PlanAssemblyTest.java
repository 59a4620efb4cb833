package io.jenkins.plugins.livemigration.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanAssemblyTest {
    private static final String FILE = """
            name: from the file
            driver: {podman: {from: host-a, to: host-b, containers: [web]}}
            """;
    private static final String LAB = """
            {"hosts": {"host-a": {"address": "192.0.2.11", "credentials": "The key of the lab"},
                       "host-b": {"address": "192.0.2.12", "credentials": "The key of the lab"}},
             "clusters": {"pve": {"url": "https://pve1.lab:8006", "credentials": "The token of the lab"}}}
            """;
    private static final String GUEST = """
            name: guest
            driver: {proxmox: {cluster: pve, vmid: 100, from: sabda, to: yagra}}
            """;
    private static final Map<String, String> NOTHING = Map.of();

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
        for (Optional<String> lab : List.of(Optional.<String>empty(), Optional.of(LAB))) {
            assertThat(wrong(FILE, stolen, lab)).anyMatch(mistake -> mistake.contains(named));
        }
        String file = FILE + "hosts: {mine: {address: evil.example, credentials: '${NAME}'}}\n";
        assertThat(wrong(file, "{}", Optional.of(LAB), Map.of("NAME", named)))
                .anyMatch(mistake -> mistake.contains(named));
    }

    @Test
    void takesAClusterFromTheLabAndSendsItsCredentialsNowhereElse() throws Exception {
        PlanAssembly.Assembled.Plan plan = plan(GUEST, "{}", LAB, NOTHING);
        String named = plan.plan().at("/driver/proxmox/credentials").textValue();
        assertThat(plan.plan().at("/driver/proxmox/url").textValue()).isEqualTo("https://pve1.lab:8006");
        assertThat(plan.labCredentials()).containsEntry(named, "The token of the lab");
        assertThat(plan.credentials()).isEmpty();
        assertThat(plan(FILE, "{}", LAB, NOTHING).labCredentials())
                .as("a cluster that is not used")
                .doesNotContainValue("The token of the lab");

        for (String evil : List.of(
                "{\"driver\": {\"proxmox\": {\"url\": \"https://evil.example\"}}}",
                "{\"driver\": {\"proxmox\": {\"url\": \"https://evil.example\", \"credentials\": \"" + named + "\"}}}",
                "{\"driver\": {\"proxmox\": {\"tls\": {\"insecure\": {\"reason\": \"mine\"}}}}}",
                "{\"scenarios\": [{\"name\": \"one\", \"driver\": {\"proxmox\": {\"url\": \"https://evil.example\"}}}]}",
                "{\"scenarios\": [{\"name\": \"one\", \"driver\": {\"proxmox\": {\"url\": \"https://evil.example\","
                        + " \"credentials\": \"" + named + "\"}}}]}",
                "{\"clusters\": {\"pve\": {\"url\": \"https://evil.example\"}}}",
                "{\"clusters\": {\"mine\": {\"url\": \"https://evil.example\", \"credentials\": \"" + named + "\"}},"
                        + " \"driver\": {\"proxmox\": {\"cluster\": \"mine\"}}}")) {
            assertThat(wrong(GUEST, evil, Optional.of(LAB))).as(evil).isNotEmpty();
        }
    }

    @Test
    void aVariableCannotChangeWhatTheLabSays() throws Exception {
        String lab = "{\"hosts\": {\"host-a\": {\"address\": \"$HOST\"}, \"host-b\": {}}}";
        assertThat(wrong(FILE, "{}", Optional.of(lab), Map.of("HOST", "evil.example")))
                .anyMatch(mistake -> mistake.contains("$HOST"));
    }

    @Test
    void aVariablesValueStaysOneText() throws Exception {
        String hostile = "x\", samples: 99, \"y: [1, 2]\n samples: 99 $(reboot) ${OTHER} $OTHER \u0007";
        assertThat(wrong(FILE.replace("from the file", "'${V}'"), "{}", Optional.of(LAB), Map.of("V", hostile)))
                .anyMatch(mistake -> mistake.startsWith("name"));
        String line = "x\", samples: 99, \"y: [1, 2] $(reboot) ${OTHER} $OTHER # - &a *a !!t {}";
        PlanAssembly.Assembled.Plan plan = plan(
                FILE.replace("from the file", "a ${V} $$V"), "{}", LAB, Map.of("V", line, "OTHER", "looked through"));
        assertThat(plan.name()).isEqualTo("a " + line + " $V");
        assertThat(plan.plan().path("samples").intValue()).isEqualTo(5);
    }

    @Test
    void saysWhichVariableThereIsNot() throws Exception {
        assertThat(wrong(FILE.replace("from the file", "of ${BRNCH}"), "{\"pause\": \"${PAUSE}\"}", Optional.of(LAB)))
                .contains(
                        "name (line 1): there is no variable BRNCH in this build's environment; write $$ for a dollar sign.")
                .anyMatch(mistake -> mistake.startsWith("pause: there is no variable PAUSE"));
        assertThat(plan(FILE.replace("from the file", "5 $ and $BRNCH"), "{}", LAB, NOTHING)
                        .name())
                .isEqualTo("5 $ and $BRNCH");
    }

    @Test
    void variablesCannotFillTheMemory() throws Exception {
        String many = "${V}".repeat(50_000);
        assertThat(wrong(FILE.replace("from the file", many), "{}", Optional.of(LAB), Map.of("V", "v".repeat(100_000))))
                .anyMatch(mistake -> mistake.contains("longer than 10000 characters"));
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
    void refusesFilesAsBaselineAndSaysWhatThereIsInstead() throws Exception {
        String file = FILE + "regression: {baseline: [../main/runs], golden: [golden/1]}\n";
        assertThat(wrong(file, "{}", Optional.of(LAB)))
                .hasSize(2)
                .anyMatch(mistake -> mistake.startsWith("regression.baseline: ") && mistake.contains("baselineJob"))
                .anyMatch(mistake -> mistake.startsWith("regression.golden: ") && mistake.contains("pin"));
        assertThat(plan(FILE + "regression: {window: 5}\n", "{}", LAB, NOTHING)
                        .plan()
                        .at("/regression/window")
                        .intValue())
                .isEqualTo(5);
    }

    @Test
    void expandsVariablesButNotInCommandsWhichHaveTheirOwn() throws Exception {
        String parameters = """
                {"name": "$BRANCH", "hosts": {"host-a": {"address": "local"}, "host-b": {"address": "local"}},
                 "driver": {"command": {"from": "host-a", "to": "host-b", "on": "local",
                                        "migrate": "move $BRANCH $LMB_TO", "locate": "where"}}}
                """;
        PlanAssembly.Assembled.Plan plan =
                plan("samples: 1", parameters, null, Map.of("BRANCH", "main", "LMB_TO", "nowhere"));
        assertThat(plan.name()).isEqualTo("main");
        assertThat(plan.plan().at("/driver/command/migrate").textValue()).isEqualTo("move $BRANCH $LMB_TO");
    }

    @Test
    void saysWhatTheEngineWouldSay() throws Exception {
        assertThat(wrong(FILE, "{\"sample\": 3}", Optional.of(LAB))).anyMatch(mistake -> mistake.contains("samples"));
    }

    private static PlanAssembly.Assembled.Plan plan(
            String file, String parameters, String lab, Map<String, String> variables) throws Exception {
        PlanAssembly.Assembled assembled = assemble(file, parameters, Optional.ofNullable(lab), variables);
        assertThat(assembled).isInstanceOf(PlanAssembly.Assembled.Plan.class);
        return (PlanAssembly.Assembled.Plan) assembled;
    }

    private static List<String> wrong(String file, String parameters, Optional<String> lab) throws Exception {
        return wrong(file, parameters, lab, NOTHING);
    }

    private static List<String> wrong(
            String file, String parameters, Optional<String> lab, Map<String, String> variables) throws Exception {
        PlanAssembly.Assembled assembled = assemble(file, parameters, lab, variables);
        assertThat(assembled).isInstanceOf(PlanAssembly.Assembled.Wrong.class);
        return ((PlanAssembly.Assembled.Wrong) assembled).mistakes();
    }

    private static PlanAssembly.Assembled assemble(
            String file, String parameters, Optional<String> lab, Map<String, String> variables) throws Exception {
        Optional<ObjectNode> hosts = lab.isPresent() ? Optional.of(json(lab.get())) : Optional.empty();
        return new PlanAssembly(json(parameters), Optional.of(file.getBytes(StandardCharsets.UTF_8)), PlanFormat.YAML)
                .assemble(hosts, name -> Optional.ofNullable(variables.get(name)));
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(text);
    }
}
