package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.livemigration.engine.acceptance.LabService;
import io.jenkins.plugins.livemigration.engine.migrate.podman.Lab;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * The manual's first pipeline in a real controller, with real migrations: containers move with Podman and CRIU between the
 * hosts of the local lab, whose folder {@code LMB_LAB} names. The hosts are a migration lab of the controller; the key to
 * them is one of its credentials.
 */
@Tag("acceptance")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealMigrationAcceptanceTest {
    private static final Path SCREENSHOTS = Path.of("target", "acceptance");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "lab-key";
    private static final String QUICK = "samples: 1, warmup: 0, window: [before: '1 s', after: '1 s']";

    private RealJenkins jenkins;
    private Lab lab;
    private LabService service;
    private AgentMachine machine;
    private String identity;

    @BeforeAll
    void aControllerThatKnowsTheLab(@TempDir Path folder) throws Exception {
        Optional<Path> named = Optional.ofNullable(System.getenv("LMB_LAB")).map(Path::of);
        assumeTrue(
                named.filter(found -> Files.isReadable(found.resolve("lab.env")))
                        .isPresent(),
                "NO LAB: make one with lab/up and let LMB_LAB name its folder; nothing was migrated for real");
        lab = Lab.in(named.orElseThrow());
        jenkins = RealJenkins.in(folder);
        Files.writeString(
                jenkins.home().resolve("io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs.xml"),
                """
                <?xml version='1.1' encoding='UTF-8'?>
                <io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs><labs><liveMigration.lab>
                <name>containers</name><label>migration-lab</label><allowedItems>real-pass
                real-unstable
                real-fail
                real-short
                real-reboot
                real-durable
                real-next</allowedItems><hosts>
                %s%s</hosts></liveMigration.lab></labs>
                </io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs>
                """.formatted(host(Lab.A, lab.get("LAB_HOST_A")), host(Lab.B, lab.get("LAB_HOST_B"))));
        machine = new AgentMachine(folder);
        jenkins.start();
        jenkins.connectAgent(machine::boot);
        addKey();
        service = new LabService(lab);
    }

    @BeforeEach
    void startTheService() throws Exception {
        service.startAfresh(64, 4);
        identity = service.ask().get("id");
    }

    @AfterEach
    void removeTheService() throws Exception {
        service.wipe();
    }

    @AfterAll
    void end() throws IOException {
        if (service != null) {
            service.close();
        }
        if (jenkins != null) {
            jenkins.close();
            assertThat(jenkins.complaints()).isEmpty();
        }
    }

    /** With the windows and the number of samples that a user would have. */
    @Test
    void passesWithEverySampleToldAndShown() throws Exception {
        jenkins.pipeline(
                "real-pass", pipeline("samples: 2, warmup: 1", "unstable: '30 s', fail: '60 s'", "fail: '60 s'"));
        String console = jenkins.buildToTheEnd("real-pass", 1);

        assertThat(console)
                .contains("6 of 6 moves succeeded")
                .contains("PASS: All limits are kept (2).")
                .endsWith("Finished: SUCCESS\n");
        for (int move = 1; move <= 6; move++) {
            assertThat(console)
                    .containsPattern("\\[" + move + "/6\\] default: .*host-[ab] -> host-[ab]  migration [0-9.]+ m?s,"
                            + " downtime reported [0-9.]+ m?s, observed [0-9.]+ m?s");
        }
        assertThatItIsHome();
        assertThatThePageHasFigures("real-pass", "PASS");
        JsonNode tests = JSON.readTree(jenkins.text("job/real-pass/1/testReport/api/json"));
        assertThat(tests.path("passCount").asInt()).isPositive();
        assertThat(tests.path("failCount").asInt()).isZero();
        assertThat(jenkins.usesOf(KEY)).contains("real-pass [1,2)");
    }

    /** No lab is named: there is one only. No traffic is named: the container's own address travels with it. */
    @Test
    void takesTheShortestPipelineToTheOnlyLab() throws Exception {
        service.startAfreshWithItsOwnAddress();
        identity = service.ask().get("id");
        jenkins.pipeline(
                "real-short",
                pipeline("samples: 2, warmup: 0", "unstable: '30 s', fail: '60 s'", "fail: '60 s'")
                        .replaceFirst("lab: 'containers',", "")
                        .replaceFirst(",\\s*traffic: floatingAddress\\(.*?\\)", ""));
        assertThat(jenkins.buildToTheEnd("real-short", 1))
                .contains("The migration lab containers is used")
                .contains("4 of 4 moves succeeded")
                .contains("PASS: All limits are kept (2).")
                .endsWith("Finished: SUCCESS\n");
        assertThatItIsHome();
        assertThat(jenkins.usesOf(KEY)).contains("real-short [1,2)");
    }

    @Test
    void isUnstableByALimit() throws Exception {
        jenkins.pipeline("real-unstable", pipeline(QUICK, "unstable: '1 ms', fail: '60 s'", "fail: '60 s'"));
        assertThat(jenkins.buildToTheEnd("real-unstable", 1))
                .contains("2 of 2 moves succeeded")
                .containsPattern("UNSTABLE: .*downtime\\.observed.* reaches the limit 1 ms")
                .endsWith("Finished: UNSTABLE\n");
        assertThatItIsHome();
        assertThatThePageHasFigures("real-unstable", "UNSTABLE");
    }

    @Test
    void failsByALimitWhenAllIsPublished() throws Exception {
        jenkins.pipeline("real-fail", pipeline(QUICK, "unstable: '30 s', fail: '60 s'", "fail: '1 ms'"));
        assertThat(jenkins.buildToTheEnd("real-fail", 1))
                .contains("2 of 2 moves succeeded")
                .containsPattern("FAIL: .*migrationTime\\.platform.* reaches the limit 1 ms")
                .endsWith("Finished: FAILURE\n");
        assertThatItIsHome();
        assertThatThePageHasFigures("real-fail", "FAIL");
        assertThat(JSON.readTree(jenkins.text("job/real-fail/1/testReport/api/json"))
                        .path("failCount")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void losesNothingWhenTheControllerIsKilledInTheMiddleOfTheFifthOfTenMigrations() throws Exception {
        jenkins.pipeline(
                "real-durable",
                pipeline(
                        "samples: 5, warmup: 0, window: [before: '1 s', after: '1 s']",
                        "fail: '60 s'",
                        "fail: '60 s'"));
        assertThat(jenkins.buildToTheEnd("real-durable", 1)).endsWith("Finished: SUCCESS\n");
        String before = stateOf("real-durable", 1);

        jenkins.build("real-durable");
        awaitPhase(5, "checkpoint");
        jenkins.killController();
        jenkins.start();
        jenkins.awaitAgent();

        String console = jenkins.end("real-durable", 2);
        assertThat(console)
                .contains("Resuming build")
                .contains("10 of 10 moves succeeded")
                .endsWith("Finished: SUCCESS\n");
        assertThat(service.leftovers()).as(console).isEmpty();
        assertThatItIsHome();
        assertThat(stateOf("real-durable", 1)).as("of the build before").isEqualTo(before);
        String after = stateOf("real-durable", 2);
        jenkins.killController();
        jenkins.start();
        jenkins.awaitAgent();
        assertThat(stateOf("real-durable", 2)).as("of the build itself").isEqualTo(after);
    }

    /** Result, times, and what page and API say of a build; Jenkins' own frame around it is another one after each start. */
    private String stateOf(String job, int build) {
        String page = "job/" + job + "/" + build + "/";
        String report = jenkins.text(page + "live-migration/1/");
        return jenkins.text(page + "api/json?tree=result,timestamp,duration")
                + jenkins.text(page + "live-migration/api/json")
                + report.substring(report.indexOf("id=\"main-panel\""), report.indexOf("class=\"page-footer"))
                        .replaceAll("/(static|adjuncts)/[0-9a-f]+/", "/");
    }

    /** The hosts stay up; what ends is the machine that measures, in the middle of a checkpoint. */
    @Test
    void bringsTheContainerBackWhenTheAgentIsBootedInTheMiddle() throws Exception {
        jenkins.pipeline("real-reboot", pipeline("samples: 4, warmup: 0", "fail: '60 s'", "fail: '60 s'"));
        jenkins.build("real-reboot");
        awaitPhase(2, "checkpoint");
        jenkins.killAgent();
        jenkins.connectAgent(machine::boot);

        String console = jenkins.end("real-reboot", 1);
        assertThat(console)
                .contains("The agent lab-agent was booted anew while the engine ran")
                .contains("Recovering the workload:");
        assertThat(service.runsOn()).as(console).hasSize(1);
        assertThat(service.ask()).containsEntry("id", identity);
        assertThat(service.leftovers()).isEmpty();
        JsonNode benchmark = benchmark("real-reboot", 1);
        assertThat(benchmark.path("verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(benchmark.at("/metrics/0/n").asInt())
                .as("samples that were finished")
                .isEqualTo(1);

        jenkins.pipeline("real-next", pipeline(QUICK, "fail: '60 s'", "fail: '60 s'"));
        assertThat(jenkins.buildToTheEnd("real-next", 1))
                .as("nothing of the dead run stands in the way")
                .contains("2 of 2 moves succeeded")
                .endsWith("Finished: SUCCESS\n");
    }

    /** The manual's, with the lab's names and addresses. */
    private String pipeline(String howOften, String downtime, String time) {
        return """
                pipeline {
                  agent { label 'migration-lab' }
                  stages {
                    stage('Live migration') {
                      steps {
                        liveMigrationBenchmark(
                          name: 'web after kernel upgrade',
                          lab: 'containers',
                          driver: podman(from: 'host-a', to: 'host-b', containers: ['%s'], strategy: 'stop-and-copy',
                                         traffic: floatingAddress(address: '%s/24', device: 'eth0')),
                          %s,
                          probes: [http(url: 'http://%s:%s/', intervalMillis: 10)],
                          thresholds: [[metric: 'downtime.observed', of: 'median', %s],
                                       [metric: 'migrationTime.platform', of: 'worst', %s]])
                      }
                    }
                  }
                }
                """.formatted(
                LabService.NAME, service.address(), howOften, service.address(), LabService.PORT, downtime, time);
    }

    private void assertThatItIsHome() throws Exception {
        assertThat(service.runsOn()).containsExactly(Lab.A);
        assertThat(service.ask()).containsEntry("id", identity);
        assertThat(service.leftovers()).isEmpty();
    }

    private void assertThatThePageHasFigures(String job, String verdict) throws Exception {
        JsonNode benchmark = benchmark(job, 1);
        assertThat(benchmark.path("verdict").asText()).isEqualTo(verdict);
        List<String> metrics = new ArrayList<>();
        for (JsonNode metric : benchmark.path("metrics")) {
            metrics.add(metric.path("metric").asText());
            assertThat(metric.path("n").asInt()).as(metric.toString()).isPositive();
        }
        assertThat(metrics)
                .contains("downtime.observed", "downtime.reported", "migrationTime.platform", "bytes.archive");
        Browser.Seen page =
                new Browser(SCREENSHOTS).open(job, jenkins.url() + "job/" + job + "/1/live-migration/", "en");
        assertThat(page.complaints()).isEmpty();
        assertThat(page.document()).contains("<svg").contains("CRIU").contains("web after kernel upgrade");
    }

    private JsonNode benchmark(String job, int build) throws IOException {
        return JSON.readTree(jenkins.text("job/" + job + "/" + build + "/live-migration/api/json"))
                .at("/benchmarks/0");
    }

    private void awaitPhase(int move, String phase) {
        String begun = "\"type\":\"phase-started\",\"data\":{\"order\":" + move + ",\"phase\":\"" + phase + "\"";
        Awaitility.await(phase + " of move " + move)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> journals().contains(begun));
    }

    private String journals() throws IOException {
        Path runs = jenkins.agentFolder().resolve("live-migration-benchmark/runs");
        StringBuilder all = new StringBuilder();
        if (Files.isDirectory(runs)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(runs)) {
                for (Path run : found) {
                    Path journal = run.resolve("journal.jsonl");
                    all.append(
                            Files.exists(journal) && !Files.exists(run.resolve("result.json"))
                                    ? Files.readString(journal)
                                    : "");
                }
            }
        }
        return all.toString();
    }

    private void addKey() throws IOException {
        String credentials =
                """
                <com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey><scope>SYSTEM</scope><id>%s</id>
                <description/><username>%s</username><privateKeySource
                class="com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey$DirectEntryPrivateKeySource">
                <privateKey>%s</privateKey></privateKeySource>
                </com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey>
                """.formatted(KEY, lab.get("LAB_SSH_USER"), Files.readString(Path.of(lab.get("LAB_SSH_KEY"))));
        assertThat(jenkins.post(
                                "credentials/store/system/domain/_/createCredentials",
                                "application/xml",
                                HttpRequest.BodyPublishers.ofString(credentials))
                        .statusCode())
                .isEqualTo(200);
    }

    private String host(String name, String address) {
        return """
                <io.jenkins.plugins.livemigration.jenkins.config.LabHost><name>%s</name><address>%s</address>
                <credentials>%s</credentials><knownHosts>%s</knownHosts>
                </io.jenkins.plugins.livemigration.jenkins.config.LabHost>
                """.formatted(name, address, KEY, lab.get("LAB_KNOWN_HOSTS"));
    }
}
