package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Tls;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.remote.Credentials.Credential;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Finding.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cluster that is tried out before any guest is named. */
class ConnectionTest extends ApiTestBase {
    @ParameterizedTest
    @EnumSource
    void findsNothingWrongWithAHealthyCluster(PveRelease release) throws Exception {
        start(release, 2);

        List<Finding> findings = look(plan());

        assertThat(texts(findings, Severity.OK))
                .containsExactly(
                        "The API answers: Proxmox VE " + release.version() + ", as ci@pve!jenkins.",
                        "The cluster lab has quorum.",
                        "These nodes are online: sabda, yagra.",
                        "ci@pve!jenkins sees one guest.",
                        "The API answers: Proxmox VE " + release.version() + ", as ci@pve!jenkins.");
        assertThat(findings).hasSize(5);
        assertThat(findings.get(4).where()).isEqualTo(api.urls().get(1));
        assertThat(api.calls("POST", "")).isEmpty();
    }

    @Test
    void saysWhichAddressIsDead() throws Exception {
        start(PveRelease.V8_4, 2);
        api.kill(0);

        List<Finding> findings = look(plan());

        assertThat(texts(findings, Severity.ERROR))
                .singleElement()
                .asString()
                .contains(api.urls().get(0));
        assertThat(texts(findings, Severity.OK)).contains("The cluster lab has quorum.");
    }

    @Test
    void findsWhatIsNotWell() throws Exception {
        start(PveRelease.V8_4, 1);
        cluster.quorate = false;
        cluster.nodes.put("yagra", false);
        cluster.revoke("/vms/100", "VM.Audit");

        List<Finding> findings = look(plan());

        assertThat(texts(findings, Severity.ERROR))
                .containsExactly(
                        "The cluster lab has no quorum: nothing can be migrated.",
                        "It takes two nodes that are online; these are: sabda.");
        assertThat(texts(findings, Severity.WARNING))
                .containsExactly("Node yagra is offline.", "ci@pve!jenkins sees no guest.");
    }

    @Test
    void saysWhyItIsNotLetIn() throws Exception {
        start(PveRelease.V8_4, 1);
        assertThat(texts(look(plan(new Tls.Pinned(List.of("00:11")))), Severity.ERROR))
                .singleElement()
                .asString()
                .contains("certificate");
        secret = "ci@pve!jenkins=wrong";
        assertThat(texts(look(plan()), Severity.ERROR))
                .singleElement()
                .asString()
                .contains("refused the login");
        secret = "only a password";
        assertThat(texts(look(plan()), Severity.ERROR))
                .singleElement()
                .asString()
                .contains("neither an API token");
        assertThat(texts(
                        ProxmoxDrivers.connection((Access.Api) plan().access(), name -> Optional.empty()),
                        Severity.ERROR))
                .singleElement()
                .asString()
                .contains("Nobody has the secret");
    }

    private List<Finding> look(ProxmoxPlan plan) throws InterruptedException {
        Credentials credentials = name -> Optional.of(new Credential.SecretText(Optional.empty(), secret));
        return ProxmoxDrivers.connection((Access.Api) plan.access(), credentials);
    }

    private static List<String> texts(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(finding -> finding.problem().toString())
                .toList();
    }
}
