package io.jenkins.plugins.livemigration.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.jenkins.config.LabCluster;
import io.jenkins.plugins.livemigration.jenkins.config.LabHost;
import io.jenkins.plugins.livemigration.jenkins.config.MigrationLab;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the engine is asked when a lab is tried out. */
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
