package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.TestCertificate;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveCluster.Course;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveDouble;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.pve.PveRelease;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pipelines with the Proxmox VE driver in a real controller with a real agent, against the double of the API: HTTPS on
 * loopback, the certificate pinned by its fingerprint, the token from Jenkins' credentials.
 */
@Tag("acceptance")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxmoxAcceptanceTest {
    private static final String CREDENTIALS = "pve-token";

    private RealJenkins jenkins;
    private TestCertificate certificate;
    private PveCluster cluster;
    private PveDouble api;

    @BeforeAll
    void aControllerThatKnowsTheToken(@TempDir Path temporary) throws Exception {
        certificate = TestCertificate.make(Files.createDirectories(temporary.resolve("certificate")));
        jenkins = RealJenkins.in(temporary);
        jenkins.start();
        jenkins.connectAgent();
        String credentials = """
                <org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl><scope>GLOBAL</scope><id>%s</id>
                <description/><secret>%s</secret></org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl>
                """.formatted(CREDENTIALS, PveDouble.TOKEN);
        assertThat(jenkins.post(
                                "credentials/store/system/domain/_/createCredentials",
                                "application/xml",
                                HttpRequest.BodyPublishers.ofString(credentials))
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterAll
    void end() {
        if (jenkins != null) {
            jenkins.close();
        }
    }

    @BeforeEach
    void aCluster() throws Exception {
        cluster = new PveCluster(PveRelease.V8_4);
        api = new PveDouble(cluster, certificate, 2);
    }

    @AfterEach
    void noCluster() {
        api.close();
    }

    @Test
    void passesByItsCategory() throws Exception {
        jenkins.pipeline("pass", pipeline("pass", 2));

        assertThat(jenkins.buildToTheEnd("pass", 1))
                .contains("4 of 4 moves succeeded")
                .contains("PASS:")
                .doesNotContain(secret())
                .endsWith("Finished: SUCCESS\n");
        assertThat(api.calls("POST", "/migrate")).hasSize(4);
        assertAsFound();
        assertThat(jenkins.text("job/pass/1/live-migration/")).contains("57 ms");
    }

    @Test
    void failsByItsCategory() throws Exception {
        cluster.downtimeMillis = 130;
        jenkins.pipeline("fail", pipeline("fail", 1));

        assertThat(jenkins.buildToTheEnd("fail", 1)).contains("FAIL:").endsWith("Finished: FAILURE\n");
        assertThat(jenkins.text("job/fail/1/live-migration/api/json")).contains("\"verdict\":\"FAIL\"");
        assertAsFound();

        cluster.downtimeMillis = 80;
        assertThat(jenkins.buildToTheEnd("fail", 2)).contains("UNSTABLE:").endsWith("Finished: UNSTABLE\n");
    }

    @Test
    void anAbortStopsTheTask() throws Exception {
        jenkins.pipeline("abort", pipeline("abort", 5));
        cluster.course = Course.HANGS;
        jenkins.build("abort");
        Awaitility.await("the migration is under way")
                .atMost(Duration.ofMinutes(2))
                .until(() -> !api.calls("POST", "/migrate").isEmpty()
                        && api.calls("GET", "/log").size() > 3);

        jenkins.post("job/abort/1/stop", "text/plain", HttpRequest.BodyPublishers.noBody());

        assertThat(jenkins.end("abort", 1)).endsWith("Finished: ABORTED\n");
        assertThat(api.calls("POST", "/migrate")).hasSize(1);
        assertAsFound();
    }

    @Test
    void whatStandsInTheWayIsSaidBeforehand() throws Exception {
        cluster.revoke("/vms/100", "VM.Migrate");
        cluster.lock = "backup";
        jenkins.pipeline("refused", pipeline("refused", 1));

        assertThat(jenkins.buildToTheEnd("refused", 1))
                .contains("ci@pve!jenkins lacks VM.Migrate on /vms/100")
                .contains("backup")
                .endsWith("Finished: FAILURE\n");
        assertThat(api.calls("POST", "/migrate")).isEmpty();
    }

    @Test
    void aLabsClusterIsTestedFromItsForm() throws Exception {
        String lab = "io.jenkins.plugins.livemigration.jenkins.config.";
        String script = """
                import %1$s*
                def cluster = new LabCluster('pve')
                cluster.urls = ['%2$s']
                cluster.credentials = '%3$s'
                def tls = new io.jenkins.plugins.livemigration.jenkins.plan.TlsParameter()
                tls.fingerprints = ['%4$s']
                cluster.tls = tls
                def labs = ['migration-lab', 'elsewhere'].collect { label ->
                  def lab = new MigrationLab(label); lab.label = label; lab.clusters = [cluster]; lab
                }
                jenkins.model.GlobalConfiguration.all().get(MigrationLabs).labs = labs
                null
                """.formatted(lab, String.join("', '", api.urls()), CREDENTIALS, certificate.fingerprint());
        assertThat(posted("scriptText", "script=" + URLEncoder.encode(script, StandardCharsets.UTF_8)))
                .isEmpty();
        String test = "descriptorByName/" + lab + "MigrationLab/testConnection";

        assertThat(posted(test, "name=migration-lab"))
                .contains("Cluster pve")
                .contains("Proxmox VE 8.4")
                .contains("has quorum")
                .contains("sabda, yagra")
                .contains("<br>")
                .doesNotContain(secret());
        assertThat(api.calls("GET", "/version")).hasSize(2);
        cluster.quorate = false;
        api.kill(1);
        assertThat(posted(test, "name=migration-lab"))
                .contains("has no quorum")
                .contains("ERROR")
                .contains(api.urls().get(1));
        int asked = api.calls("GET", "/version").size();
        assertThat(posted(test, "name=elsewhere")).contains("No agent with the label elsewhere");
        assertThat(api.calls("GET", "/version"))
                .as("nobody asks from the controller")
                .hasSize(asked);
        assertThat(jenkins.get(test + "?name=migration-lab").statusCode()).isEqualTo(405);
    }

    private String posted(String path, String fields) {
        return jenkins.post(path, "application/x-www-form-urlencoded", HttpRequest.BodyPublishers.ofString(fields))
                .body();
    }

    /** Categories are the study's: 57 ms are good, 80 are bad, 130 very bad. */
    private String pipeline(String name, int samples) {
        return """
                pipeline { agent { label 'migration-lab' }; stages { stage('Live migration') { steps {
                  liveMigrationBenchmark(name: '%s', samples: %s, warmup: 0, window: [before: '100 ms', after: '100 ms'],
                    driver: proxmox(urls: ['%s'], credentialsId: '%s', tls: [fingerprints: ['%s']],
                                    vmid: 100, from: 'sabda', to: 'yagra', withLocalDisks: true, targetStorage: 'local-lvm'),
                    thresholds: [[metric: 'downtime.reported', of: 'median', unstable: 'bad', fail: 'very bad'],
                                 [metric: 'migrationTime.platform', of: 'median', fail: 'very bad']])
                } } } }
                """.formatted(name, samples, String.join("', '", api.urls()), CREDENTIALS, certificate.fingerprint());
    }

    private void assertAsFound() {
        assertThat(cluster.processes).isEqualTo(Map.of("sabda", "running"));
        assertThat(cluster.ranTwice).isFalse();
        assertThat(cluster.lock).isEmpty();
        assertThat(cluster.description).as("the lease").isEmpty();
    }

    private static String secret() {
        return PveDouble.TOKEN.substring(PveDouble.TOKEN.indexOf('=') + 1);
    }
}
