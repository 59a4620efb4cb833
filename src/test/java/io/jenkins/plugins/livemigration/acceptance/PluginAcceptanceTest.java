package io.jenkins.plugins.livemigration.acceptance;

import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.HOSTS;
import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.declarative;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The plugin in a real controller with a real agent; what is migrated is a file's content, by commands. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PluginAcceptanceTest extends ControllerTestBase {

    @Override
    void prepare() throws Exception {
        Files.writeString(
                jenkins.home().resolve("io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs.xml"),
                """
                <?xml version='1.1' encoding='UTF-8'?>
                <io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs><labs>%s%s</labs>
                </io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs>
                """.formatted(lab("loopback", "allowed\nsingle\nundecided"), lab("second", "undecided")));
    }

    /** A lab whose hosts, both the agent itself, are called as those of every other. */
    private static String lab(String name, String allowed) {
        return """
                <liveMigration.lab><name>%s</name><label>migration-lab</label><allowedItems>%s</allowedItems><hosts>
                <io.jenkins.plugins.livemigration.jenkins.config.LabHost><name>host-a</name><address>local</address>
                </io.jenkins.plugins.livemigration.jenkins.config.LabHost>
                <io.jenkins.plugins.livemigration.jenkins.config.LabHost><name>host-b</name><address>local</address>
                </io.jenkins.plugins.livemigration.jenkins.config.LabHost></hosts></liveMigration.lab>
                """.formatted(name, allowed);
    }

    @Test
    @Order(1)
    void passesWarnsAndFailsByItsLimits() throws Exception {
        jenkins.pipeline("pass", declarative(workload.step("pass", 2, "0.2", HOSTS, "fail: '20 s'")));
        jenkins.pipeline("unstable", declarative(workload.step("unstable", 2, "0.2", HOSTS, "unstable: '100 ms'")));
        jenkins.pipeline("fail", declarative(workload.step("fail", 2, "0.2", HOSTS, "fail: '100 ms'")));

        assertThat(jenkins.buildToTheEnd("pass", 1)).contains("PASS:").endsWith("Finished: SUCCESS\n");
        assertThat(jenkins.buildToTheEnd("unstable", 1)).contains("UNSTABLE:").endsWith("Finished: UNSTABLE\n");
        assertThat(jenkins.buildToTheEnd("fail", 1)).contains("FAIL:").endsWith("Finished: FAILURE\n");
        assertThat(jenkins.text("job/fail/1/testReport/api/json")).contains("\"failCount\":");
        assertThat(jenkins.get("job/fail/1/artifact/live-migration-benchmark/fail/report.html")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(2)
    void returnsMapsThatASandboxedScriptCanUse() throws Exception {
        jenkins.pipeline(
                "map",
                "node('migration-lab') { def r = " + workload.step("map", 1, "0.1", HOSTS, "fail: '20 s'")
                        + "\n echo \"${r.verdict} ${r.metrics['migrationTime.platform'].median > 90}\" }");
        assertThat(jenkins.buildToTheEnd("map", 1)).contains("PASS true");
    }

    @Test
    @Order(3)
    void losesNothingWhenControllerAndAgentAreKilledInTheMiddle() throws Exception {
        jenkins.pipeline("durable", declarative(workload.step("durable", 8, "1.5", HOSTS, "fail: '20 s'")));
        String before = jenkins.text("job/fail/1/api/json?tree=result,timestamp,duration");
        jenkins.build("durable");
        jenkins.awaitConsole("durable", 1, "[3/");
        jenkins.killController();
        jenkins.killAgent();
        jenkins.start();
        jenkins.connectAgent();
        assertThat(jenkins.end("durable", 1))
                .contains("16 of 16 moves succeeded")
                .endsWith("Finished: SUCCESS\n");
        assertThat(jenkins.text("job/fail/1/api/json?tree=result,timestamp,duration"))
                .isEqualTo(before);
        assertThat(jenkins.text("job/fail/1/live-migration/api/json")).contains("\"verdict\":\"FAIL\"");

        jenkins.build("durable");
        jenkins.awaitConsole("durable", 2, "[2/");
        jenkins.killAgent();
        jenkins.awaitConsole("durable", 2, "is away");
        jenkins.connectAgent();
        assertThat(jenkins.end("durable", 2))
                .contains("16 of 16 moves succeeded")
                .endsWith("Finished: SUCCESS\n");
    }

    @Test
    @Order(4)
    void findsTheOneEngineWhenTheControllerIsKilledWhileItStartsIt() throws Exception {
        jenkins.pipeline("starting", declarative(workload.step("starting", 2, "1.5", HOSTS, "fail: '20 s'")));
        jenkins.build("starting");
        Path stored = jenkins.home().resolve("jobs/starting/builds/1/build.xml");
        Awaitility.await("the benchmark begins")
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> Files.exists(stored) && Files.readString(stored).contains("<name>starting</name>"));
        jenkins.killController();
        jenkins.start();
        jenkins.awaitAgent();
        assertThat(jenkins.end("starting", 1))
                .contains("4 of 4 moves succeeded")
                .endsWith("Finished: SUCCESS\n");
        assertThat(workload.engines()).as("engines that are left").isZero();
    }

    @Test
    @Order(5)
    void endsInOrderWhenItIsAborted() throws Exception {
        jenkins.pipeline("abort", declarative(workload.step("abort", 20, "1.5", HOSTS, "fail: '20 s'")));
        jenkins.build("abort");
        jenkins.awaitConsole("abort", 1, "[1/");
        jenkins.post("job/abort/1/stop", "text/plain", HttpRequest.BodyPublishers.noBody());
        Awaitility.await("the abort is acknowledged")
                .atMost(Duration.ofSeconds(5))
                .until(() -> jenkins.console("abort", 1).contains("Asked the engine to stop"));
        assertThat(jenkins.end("abort", 1)).endsWith("Finished: ABORTED\n");
        assertThat(workload.engines()).as("engines that are left").isZero();
        assertThat(workload.host("abort")).isEqualTo("host-a\n");
    }

    @Test
    @Order(6)
    void onlyWhoMayUsesALab() throws Exception {
        jenkins.pipeline("allowed", declarative(workload.step("allowed", 1, "0.1", "lab: 'loopback'", "fail: '20 s'")));
        jenkins.pipeline(
                "stranger", declarative(workload.step("stranger", 1, "0.1", "lab: 'loopback'", "fail: '20 s'")));
        assertThat(jenkins.buildToTheEnd("allowed", 1)).contains("PASS:").endsWith("Finished: SUCCESS\n");
        assertThat(jenkins.buildToTheEnd("stranger", 1))
                .contains("There is no migration lab loopback that stranger may use")
                .doesNotContain("the engine runs")
                .endsWith("Finished: FAILURE\n");
    }

    /** Host-a and host-b are described by the labs alone. */
    @Test
    @Order(6)
    void aStepThatNamesNoLabMeansTheOnlyOneThatFits() throws Exception {
        String unnamed = "gate: 'build'";
        jenkins.pipeline("single", declarative(workload.step("single", 1, "0.1", unnamed, "fail: '20 s'")));
        assertThat(jenkins.buildToTheEnd("single", 1))
                .contains("The migration lab loopback is used: it is the only one that this job may use")
                .endsWith("Finished: SUCCESS\n");

        jenkins.pipeline("undecided", declarative(workload.step("undecided", 1, "0.1", unnamed, "fail: '20 s'")));
        assertThat(jenkins.buildToTheEnd("undecided", 1))
                .contains("ERROR: Several migration labs describe what the plan speaks of: loopback, second."
                        + " Say which with the parameter lab.")
                .doesNotContain("the engine runs", "is used")
                .endsWith("Finished: FAILURE\n");
        assertThat(workload.host("undecided")).as("untouched").isEqualTo("host-a\n");
    }

    @Test
    @Order(7)
    void severalBenchmarksOfABuildAreToldApart() throws Exception {
        jenkins.pipeline(
                "several",
                "node('migration-lab') { parallel(one: { " + workload.step("one", 1, "0.2", HOSTS, "fail: '20 s'")
                        + " }, two: { "
                        + workload.step("two", 1, "0.2", HOSTS, "fail: '20 s'") + " })\n try { "
                        + workload.step("one", 1, "0.2", HOSTS, "fail: '20 s'")
                        + " } catch (e) { echo \"refused: ${e.message}\" } }");
        assertThat(jenkins.buildToTheEnd("several", 1))
                .contains("refused: This build has a benchmark called one already")
                .endsWith("Finished: SUCCESS\n");
        assertThat(jenkins.text("job/several/1/live-migration/"))
                .contains(">one<")
                .contains(">two<");
    }

    @Test
    @Order(8)
    void saysWhatIsWrongInAPlanAndTouchesNothing() throws Exception {
        jenkins.pipeline("wrong", "node('migration-lab') { liveMigrationBenchmark name: 'wrong', plan: 'sample: 3' }");
        assertThat(jenkins.buildToTheEnd("wrong", 1))
                .contains("sample")
                .contains("did you mean samples")
                .contains("Nothing was touched")
                .endsWith("Finished: FAILURE\n");
    }

    @Test
    @Order(9)
    void doesTheSameInAFreestyleJob() throws Exception {
        freestyle("free", 1, "0.2", "50 ms");
        assertThat(jenkins.buildToTheEnd("free", 1)).contains("UNSTABLE:").endsWith("Finished: UNSTABLE\n");
    }

    @Test
    @Order(13)
    void theNextFreestyleBuildSaysThatOneEndedWithItsController() throws Exception {
        freestyle("cut", 2, "1.5", "1 min");
        jenkins.build("cut");
        jenkins.awaitConsole("cut", 1, "[1/");
        jenkins.killController();
        jenkins.start();
        jenkins.awaitAgent();
        Awaitility.await("the engine is done").atMost(Duration.ofMinutes(1)).until(() -> workload.engines() == 0);
        assertThat(workload.host("cut")).isEqualTo("host-a\n");
        assertThat(jenkins.buildToTheEnd("cut", 2))
                .contains("Build #1 ended with its controller while its benchmark cut ran")
                .contains("6 of 6 moves succeeded")
                .endsWith("Finished: SUCCESS\n");
        assertThat(jenkins.buildToTheEnd("cut", 3)).doesNotContain("ended with its controller");
    }

    private void freestyle(String name, int samples, String seconds, String limit) throws Exception {
        String plan = """
                hosts: {host-a: {address: local}, host-b: {address: local}}
                driver: {command: {from: host-a, to: host-b, on: local, migrate: '%s', locate: 'cat %s', recover: 'true'}}
                window: {before: 100 ms, after: 100 ms}
                samples: %s
                thresholds: [{metric: migrationTime.platform, of: worst, unstable: %s}]
                """.formatted(workload.migrate(name, seconds), workload.atHome(name), samples, limit);
        jenkins.job(name, """
                <?xml version='1.1' encoding='UTF-8'?>
                <project><assignedNode>migration-lab</assignedNode><canRoam>false</canRoam><builders>
                <io.jenkins.plugins.livemigration.jenkins.step.BenchmarkBuilder><benchmark><name>%s</name>
                <plan>%s</plan></benchmark>
                </io.jenkins.plugins.livemigration.jenkins.step.BenchmarkBuilder></builders></project>
                """.formatted(name, RealJenkins.escaped(plan)));
    }

    @Test
    @Order(10)
    void theSnippetGeneratorGivesBackWhatAFormSays() {
        String ours = "io.jenkins.plugins.livemigration.jenkins.";
        String form = """
                {"stapler-class": "%1$sstep.LiveMigrationBenchmarkStep", "$class": "%1$sstep.LiveMigrationBenchmarkStep", "name": "web",
                 "driver": {"stapler-class": "%1$splan.PodmanDriver", "$class": "%1$splan.PodmanDriver", "from": "host-a",
                            "to": "host-b", "containers": "web\\ndb", "strategy": "pre-copy", "volumes": ""},
                 "samples": "10", "warmup": "", "gate": "stage", "inconclusive": "success", "plan": "",
                 "probes": [{"stapler-class": "%1$splan.HttpProbe", "$class": "%1$splan.HttpProbe", "url": "http://192.0.2.10/",
                             "intervalMillis": "10", "primary": false}],
                 "thresholds": {"metric": "downtime.observed", "of": "median", "fail": "2 s", "unstable": ""}}
                """.formatted(ours);
        String snippet = jenkins.post(
                        "pipeline-syntax/generateSnippet",
                        "application/x-www-form-urlencoded",
                        HttpRequest.BodyPublishers.ofString("json=" + URLEncoder.encode(form, StandardCharsets.UTF_8)))
                .body();
        assertThat(snippet)
                .isEqualTo("liveMigrationBenchmark driver: podman(containers: ['web', 'db'], from: 'host-a',"
                        + " strategy: 'pre-copy', to: 'host-b'), gate: 'stage', name: 'web',"
                        + " probes: [http(intervalMillis: 10, url: 'http://192.0.2.10/')], samples: 10,"
                        + " thresholds: [[fail: '2 s', metric: 'downtime.observed', of: 'median']]");
    }

    @Test
    @Order(11)
    void aHostileNameIsOnlyText() throws Exception {
        String name = "<img src=x onerror=alert(1)> & \"quotes\"";
        jenkins.pipeline(
                "hostile",
                declarative(workload.step("hostile", 1, "0.1", HOSTS, "fail: '20 s'")
                        .replace("name: 'hostile'", "name: '" + name + "'")));
        assertThat(jenkins.buildToTheEnd("hostile", 1)).endsWith("Finished: SUCCESS\n");
        for (String page :
                List.of("job/hostile/1/live-migration/", "job/hostile/live-migration-trend/", "job/hostile/1/")) {
            assertThat(jenkins.text(page)).as(page).doesNotContain("<img src=x");
        }
    }

    @Test
    @Order(12)
    void thePagesShowInBothLanguagesUnderAnEnforcedContentSecurityPolicy() throws Exception {
        jenkins.buildToTheEnd("unstable", 2);
        assertThat(jenkins.get("job/unstable/live-migration-trend/").headers().firstValue("Content-Security-Policy"))
                .isPresent();
        Browser browser = new Browser(SCREENSHOTS);
        for (String language : List.of("en", "id")) {
            Browser.Seen build =
                    browser.open("build-" + language, jenkins.url() + "job/unstable/2/live-migration/", language);
            assertThat(build.complaints()).isEmpty();
            assertThat(build.document()).contains("<svg").contains(language.equals("en") ? "Summary" : "Ringkasan");

            Browser.Seen trend =
                    browser.open("trend-" + language, jenkins.url() + "job/unstable/live-migration-trend/", language);
            assertThat(trend.complaints()).isEmpty();
            assertThat(trend.document())
                    .contains("unstable / default")
                    .contains(language.equals("en") ? "Live migration trend" : "Tren migrasi langsung")
                    .contains("<path");
        }
        Browser.Seen report = browser.open(
                "report",
                jenkins.url() + "job/unstable/2/artifact/live-migration-benchmark/unstable/report.html",
                "en");
        assertThat(report.complaints()).isEmpty();
        assertThat(browser.open("configure", jenkins.url() + "job/free/configure", "en")
                        .document())
                .contains("Benchmark live migrations");
        assertThat(browser.open("global", jenkins.url() + "manage/configure", "en")
                        .document())
                .contains("Migration labs");
    }

    @Test
    @Order(14)
    void theLogHasNoComplaintsOfOurs() throws Exception {
        assertThat(jenkins.complaints()).isEmpty();
    }
}
