package io.jenkins.plugins.livemigration.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.jenkins.config.LabCluster;
import io.jenkins.plugins.livemigration.jenkins.config.LabHost;
import io.jenkins.plugins.livemigration.jenkins.config.LabTester.Found;
import io.jenkins.plugins.livemigration.jenkins.config.LabTester.Outcome;
import io.jenkins.plugins.livemigration.jenkins.config.MigrationLab;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the engine is asked when a lab is tried out, and what is made of its answer. */
class LabCheckTest {
    private final MigrationLab lab = new MigrationLab("lab");

    @Test
    void triesAllHostsAndAllClustersWithTheirCredentials() throws Exception {
        lab.setHosts(List.of(host("host-a"), host("host-b"), host("host-c")));
        lab.setClusters(List.of(cluster("pve"), cluster("pve-2")));

        PlanAssembly.Assembled.Plan plan = plan();

        assertThat(plan.plan().at("/hosts").fieldNames()).toIterable().containsExactly("host-a", "host-b", "host-c");
        assertThat(plan.plan().at("/scenarios")).hasSize(2);
        assertThat(plan.labCredentials().values())
                .containsExactlyInAnyOrder(
                        "key of host-a", "key of host-b", "key of host-c", "token of pve", "token of pve-2");
        assertThat(plan.credentials()).isEmpty();
    }

    @Test
    void triesALabOfHostsAlone() throws Exception {
        lab.setHosts(List.of(host("host-a"), host("host-b")));

        assertThat(plan().labCredentials()).hasSize(2);
    }

    @Test
    void oneHostIsEnough() throws Exception {
        lab.setHosts(List.of(host("host-a")));

        assertThat(plan().labCredentials()).containsValue("key of host-a");
    }

    @Test
    void oneClusterIsEnough() throws Exception {
        lab.setClusters(List.of(cluster("pve")));

        assertThat(plan().labCredentials()).containsValue("token of pve");
    }

    @Test
    void aLabWithNothingInItIsToldSo() {
        assertThatThrownBy(() -> LabCheck.planOf(lab)).isInstanceOf(AbortException.class);
    }

    @Test
    void isAsBadAsTheWorstFinding() {
        assertThat(LabCheck.found(printed(true, "OK", "OK"))).isEqualTo(new Found(Outcome.OK, "as it is"));
        assertThat(LabCheck.found(printed(true, "OK", "WARNING", "OK")).outcome())
                .isEqualTo(Outcome.WARNING);
        assertThat(LabCheck.found(printed(true, "NOT_SUPPORTED")).outcome()).isEqualTo(Outcome.WARNING);
        assertThat(LabCheck.found(printed(false, "OK", "WARNING", "ERROR")).outcome())
                .isEqualTo(Outcome.ERROR);
    }

    @Test
    void findsTheFindingsBehindWhatTheAgentsJavaSays() {
        assertThat(LabCheck.found("Picked up JAVA_TOOL_OPTIONS: -Xmx1g\n" + printed(true, "OK")))
                .isEqualTo(new Found(Outcome.OK, "as it is"));
    }

    @Test
    void anEngineThatSaysAnythingElseOrNothingIsAnError() {
        assertThat(LabCheck.found("hosts.host-a: the key cannot be read"))
                .isEqualTo(new Found(Outcome.ERROR, "hosts.host-a: the key cannot be read"));
        assertThat(LabCheck.found("{\"ok\": true, \"te").outcome()).isEqualTo(Outcome.ERROR);
        assertThat(LabCheck.found("\n")).isEqualTo(new Found(Outcome.ERROR, "The agent did not answer within 30 s."));
    }

    /** A line as {@code lmb check --json} prints it. */
    private static String printed(boolean ok, String... severities) {
        String findings = Stream.of(severities)
                .map(severity -> "{\"severity\": \"" + severity + "\", \"where\": \"host-a\"}")
                .collect(Collectors.joining(", "));
        return "{\"ok\": " + ok + ", \"text\": \"as it is\", \"connections\": {\"host-a\": [" + findings + "]}}\n";
    }

    private PlanAssembly.Assembled.Plan plan() throws AbortException {
        PlanAssembly.Assembled assembled = new PlanAssembly(LabCheck.planOf(lab), Optional.empty(), PlanFormat.YAML)
                .assemble(Optional.of(lab.partOfPlan()), name -> Optional.empty());
        assertThat(assembled).isInstanceOf(PlanAssembly.Assembled.Plan.class);
        return (PlanAssembly.Assembled.Plan) assembled;
    }

    private static LabHost host(String name) {
        LabHost host = new LabHost(name);
        host.setAddress("192.0.2.1");
        host.setCredentials("key of " + name);
        return host;
    }

    private static LabCluster cluster(String name) {
        LabCluster cluster = new LabCluster(name);
        cluster.setUrl("https://pve.example.org:8006");
        cluster.setCredentials("token of " + name);
        return cluster;
    }
}
