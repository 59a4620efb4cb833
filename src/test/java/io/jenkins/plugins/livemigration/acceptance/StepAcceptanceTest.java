package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The step's parameters, forms and validation in a real controller with a real agent. */
@Tag("acceptance")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepAcceptanceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAN = "io.jenkins.plugins.livemigration.jenkins.plan.";
    private static final String STEP = "io.jenkins.plugins.livemigration.jenkins.step.";

    private Path folder;
    private FileWorkload workload;
    private RealJenkins jenkins;
    private SshServer sshd;

    @BeforeAll
    void aControllerWithAnAgent(@TempDir Path temporary) throws Exception {
        folder = temporary;
        workload = new FileWorkload(folder);
        jenkins = RealJenkins.in(folder);
        Files.writeString(jenkins.home().resolve("credentials.xml"), """
                <?xml version='1.1' encoding='UTF-8'?>
                <com.cloudbees.plugins.credentials.SystemCredentialsProvider><domainCredentialsMap><entry>
                <com.cloudbees.plugins.credentials.domains.Domain><specifications/></com.cloudbees.plugins.credentials.domains.Domain>
                <list>
                <com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>
                <scope>GLOBAL</scope><id>login</id><description/><username>tester</username><password>correct-horse</password>
                </com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>
                <org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl>
                <scope>GLOBAL</scope><id>text</id><description/><secret>correct-horse</secret>
                </org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl>
                <com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey>
                <scope>GLOBAL</scope><id>key</id><description/><username>tester</username><passphrase>open-sesame</passphrase>
                <privateKeySource
                class="com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey$DirectEntryPrivateKeySource">
                <privateKey>%s</privateKey></privateKeySource>
                </com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey>
                </list></entry></domainCredentialsMap>
                </com.cloudbees.plugins.credentials.SystemCredentialsProvider>
                """.formatted(RealJenkins.escaped(key())));
        sshd = sshServer();
        jenkins.start();
        jenkins.connectAgent();
    }

    @AfterAll
    void end() throws IOException {
        if (sshd != null) {
            sshd.stop(true);
        }
        if (jenkins != null) {
            jenkins.close();
        }
    }

    @Test
    void theSnippetGeneratorGivesBackAProxmoxGuest() throws Exception {
        ObjectNode driver = form(PLAN + "ProxmoxDriver", """
                {"cluster": "", "url": "https://pve1.lab:8006", "credentialsId": "pve-token", "vmid": "100", "from": "sabda",
                 "to": "yagra", "withLocalDisks": "true", "conntrackState": "", "targetStorage": "local-lvm", "kind": "",
                 "urls": "", "ssh": "", "user": "", "bwlimitKiB": "", "migrationNetwork": "", "shutdownTimeout": "",
                 "tls": {"ca": "", "fingerprints": "AA\\nBB", "insecure": {"reason": "a lab"}}, "force": {"reason": "why"}}
                """);
        assertThat(snippet("{\"name\": \"guest\"}", driver))
                .isEqualTo("liveMigrationBenchmark driver: proxmox(credentialsId: 'pve-token', force: [reason: 'why'],"
                        + " from: 'sabda', targetStorage: 'local-lvm', tls: [fingerprints: ['AA', 'BB'],"
                        + " insecure: [reason: 'a lab']], to: 'yagra', url: 'https://pve1.lab:8006', vmid: 100,"
                        + " withLocalDisks: true), name: 'guest'");
        ObjectNode ssh = form(
                PLAN + "ProxmoxDriver",
                "{\"ssh\": \"pve1\", \"vmid\": \"100\", \"to\": \"yagra\", \"withLocalDisks\": \"false\"}");
        assertThat(snippet("{\"lab\": \"pve\"}", ssh))
                .isEqualTo("liveMigrationBenchmark driver: proxmox(ssh: 'pve1', to: 'yagra', vmid: 100,"
                        + " withLocalDisks: false), lab: 'pve'");
    }

    @Test
    void credentialsAreOfferedToAPostAlone() {
        String path = "descriptorByName/" + PLAN + "ProxmoxDriver/fillCredentialsIdItems";
        assertThat(jenkins.get(path + "?credentialsId=x").statusCode()).isEqualTo(405);
        assertThat(posted(path, "credentialsId=x").body()).contains("\"value\":\"x\"");
    }

    @Test
    void theSnippetGeneratorGivesBackEveryKeyOfThePlan() throws Exception {
        ObjectNode driver = form(
                PLAN + "PodmanDriver",
                "{\"from\": \"a\", \"to\": \"b\", \"containers\": \"web\", \"volumes\": \"\", \"gate\": \"false\"}");
        String fields = """
                {"name": "all", "samples": "3", "calibrate": true,
                 "scenarios": [{"name": "classic",
                                "driver": {"stapler-class": "%1$sPodmanDriver", "$class": "%1$sPodmanDriver", "from": "",
                                           "to": "", "containers": "", "volumes": "", "strategy": "classic", "gate": ""},
                                "probes": [{"stapler-class": "%1$sUdpProbe", "$class": "%1$sUdpProbe", "host": "h", "port": "7",
                                            "intervalMillis": "", "primary": false}]},
                               {"name": "plain"}],
                 "workload": {"start": {"run": "start"}, "stop": {"on": "a", "run": "stop", "timeout": ""}},
                 "state": {"http": "http://x/", "extract": "", "expect": "monotonic", "timeout": ""},
                 "returnBy": {"on": "b", "run": "back"},
                 "categories": [{"metric": "downtime.observed", "source": "us", "table": "",
                                 "classes": [{"name": "good", "below": "1 s"}, {"name": "bad", "below": ""}]}],
                 "regression": {"window": "20", "mustFind": "10 %%", "fixedFacts": "cpu\\nnic",
                                "relevantChanges": [{"metric": "downtime.observed", "relative": "10 %%", "absolute": ""}],
                                "noiseFloors": [{"metric": "downtime.observed", "floor": "3 %%"}]},
                 "confirm": {"samples": "10", "freshStart": "workload", "never": false},
                 "capture": [{"on": "local", "interface": "eth0", "filter": "", "snapLength": "", "megabytes": "8"}],
                 "clusters": [{"name": "pve", "url": "https://a:8006", "credentials": "t", "urls": ""}]}
                """.formatted(PLAN);
        assertThat(snippet(fields, driver))
                .isEqualTo(
                        "liveMigrationBenchmark calibrate: true, capture: [['interface': 'eth0', megabytes: 8, on: 'local']],"
                                + " categories: [[classes: [[below: '1 s', name: 'good'], [name: 'bad']],"
                                + " metric: 'downtime.observed', source: 'us']],"
                                + " clusters: [[credentials: 't', name: 'pve', url: 'https://a:8006']],"
                                + " confirm: [freshStart: 'workload', samples: 10],"
                                + " driver: podman(containers: ['web'], from: 'a', gate: false, to: 'b'), name: 'all',"
                                + " regression: [fixedFacts: ['cpu', 'nic'], mustFind: '10 %',"
                                + " noiseFloors: [[floor: '3 %', metric: 'downtime.observed']],"
                                + " relevantChanges: [[metric: 'downtime.observed', relative: '10 %']], window: 20],"
                                + " returnBy: [on: 'b', run: 'back'], samples: 3,"
                                + " scenarios: [[driver: podman(strategy: 'classic'), name: 'classic',"
                                + " probes: [udp(host: 'h', port: 7)]], [name: 'plain']],"
                                + " state: [expect: 'monotonic', http: 'http://x/'],"
                                + " workload: [start: [run: 'start'], stop: [on: 'a', run: 'stop']]");
    }

    @Test
    void aFormsFieldsAreCheckedAsTheEngineDoesAndAHostileValueIsOnlyText() {
        String step = "descriptorByName/" + STEP + "LiveMigrationBenchmarkStep/";
        assertThat(posted(step + "checkPause", "value=10").body())
                .contains("pause: ")
                .contains("has no unit");
        assertThat(posted(step + "checkPause", "value=10+s").body()).isEqualTo("<div/>");
        assertThat(jenkins.get(step + "checkPause?value=10").statusCode()).isEqualTo(405);
        assertThat(posted(step + "checkPlan", "value=sample:+3").body()).contains("did you mean samples");
        assertThat(posted(step + "checkPlanFile", "value=../plan.yaml").body()).contains("inside of the workspace");
        assertThat(posted(
                                "descriptorByName/" + PLAN + "ThresholdParameter/checkFail",
                                "value=2&metric=downtime.observed")
                        .body())
                .contains("thresholds.fail");
        String hostile = URLEncoder.encode("<img src=x onerror=alert(1)>: \"'&", StandardCharsets.UTF_8);
        for (String field : List.of("Name", "Pause", "Plan", "AbandonAfter", "Lab", "Samples")) {
            assertThat(posted(step + "check" + field, "value=" + hostile).body())
                    .as(field)
                    .doesNotContain("<img");
        }
        for (String field : List.of("From", "Url", "Vmid", "TargetStorage", "Cluster", "User")) {
            assertThat(posted("descriptorByName/" + PLAN + "ProxmoxDriver/check" + field, "value=" + hostile)
                            .body())
                    .as(field)
                    .contains("class=\"error\"")
                    .doesNotContain("<img");
        }
    }

    @Test
    void aFreestyleFormKeepsWhatItSays() {
        jenkins.post(
                "createItem?name=free-form&mode=hudson.model.FreeStyleProject",
                "application/x-www-form-urlencoded",
                HttpRequest.BodyPublishers.noBody());
        String form = """
                {"name": "free-form", "properties": {}, "builder": {"stapler-class": "%2$sBenchmarkBuilder",
                 "$class": "%2$sBenchmarkBuilder", "benchmark": {"stapler-class": "%2$sLiveMigrationBenchmarkStep",
                 "$class": "%2$sLiveMigrationBenchmarkStep", "name": "<b>free</b>", "samples": "4", "plan": "", "gate": "stage",
                 "driver": {"stapler-class": "%1$sProxmoxDriver", "$class": "%1$sProxmoxDriver", "cluster": "pve",
                            "vmid": "100", "from": "sabda", "to": "yagra", "urls": "", "withLocalDisks": ""},
                 "probes": [{"stapler-class": "%1$sTcpProbe", "$class": "%1$sTcpProbe", "host": "web", "port": "80"}]}}}
                """.formatted(PLAN, STEP);
        posted("job/free-form/configSubmit", "json=" + URLEncoder.encode(form, StandardCharsets.UTF_8));
        assertThat(jenkins.text("job/free-form/config.xml"))
                .contains("<samples>4</samples>", "<cluster>pve</cluster>", "<vmid>100</vmid>", "<port>80</port>")
                .contains("<gate>stage</gate>")
                .contains(
                        "<liveMigration.builder ", "class=\"liveMigration.proxmoxDriver\"", "<liveMigration.tcpProbe>")
                .doesNotContain("withLocalDisks", "<plan>");
        assertThat(jenkins.text("job/free-form/configure"))
                .contains("&lt;b&gt;free")
                .doesNotContain("<b>free");
    }

    @Test
    void reachesHostsByKeyByPasswordAndBySecretTextAndShowsNone() throws Exception {
        for (String id : List.of("key", "login", "text")) {
            jenkins.pipeline(
                    "by-" + id,
                    "node('migration-lab') { "
                            + step("by-" + id, id, "echo host-a > " + workload.where("by-" + id), "fail: '20 s'")
                            + " }");
            assertThat(jenkins.buildToTheEnd("by-" + id, 1)).contains("PASS").endsWith("Finished: SUCCESS\n");
            assertThat(Files.readString(jenkins.home().resolve("jobs/by-" + id + "/config.xml")))
                    .doesNotContain("correct-horse");
        }
        jenkins.pipeline(
                "tells",
                "node('migration-lab') { "
                        + step("tells", "login", "echo host-a > " + workload.where("tells"), "fail: '20 s'")
                                .replace("migrate: '", "migrate: 'echo said correct-horse >&2; exit 1; ")
                        + " }");
        assertThat(jenkins.buildToTheEnd("tells", 1)).contains("said ****").doesNotContain("said correct-horse");
    }

    @Test
    void behavesInsideOfRetryCatchErrorAndTimeout() throws Exception {
        String fails = step("again", "", "true", "fail: '1 ms'");
        jenkins.pipeline("again", "node('migration-lab') { retry(2) { echo 'once more'\n " + fails + " } }");
        String again = jenkins.buildToTheEnd("again", 1);
        assertThat(again.split("once more", -1)).as("two attempts").hasSize(3);
        assertThat(again).doesNotContain("has a benchmark called").endsWith("Finished: FAILURE\n");

        jenkins.pipeline(
                "caught",
                "node('migration-lab') { catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') { "
                        + step("caught", "", "true", "fail: '1 ms'") + " }\n echo 'went on' }");
        assertThat(jenkins.buildToTheEnd("caught", 1)).contains("FAIL:").contains("went on");

        jenkins.pipeline(
                "timely",
                "node('migration-lab') { try { timeout(time: 6, unit: 'SECONDS') { "
                        + step("timely", "", "echo host-a > " + workload.where("timely"), "fail: '20 s'")
                                .replace("samples: 1", "samples: 200")
                        + " } } catch (e) { echo 'out of time' } }");
        assertThat(jenkins.buildToTheEnd("timely", 1))
                .contains("Asked the engine to stop")
                .contains("out of time");
        assertThat(workload.host("timely")).isEqualTo("host-a\n");
    }

    @Test
    void aGateDecidesTheStageOrNothing() throws Exception {
        for (String gate : List.of("stage", "none")) {
            String step =
                    step(gate, "", "true", "fail: '1 ms'").replace("samples: 1", "gate: '" + gate + "', samples: 1");
            jenkins.pipeline(
                    gate,
                    "pipeline { agent { label 'migration-lab' }; stages { stage('Move') { steps { script { def r = "
                            + step + "\n echo \"returned ${r.verdict}\" } } } } }");
            assertThat(jenkins.buildToTheEnd(gate, 1)).contains("returned FAIL").endsWith("Finished: SUCCESS\n");
            assertThat(jenkins.text("job/" + gate + "/1/stages/tree"))
                    .contains(gate.equals("stage") ? "failure" : "success");
        }
    }

    @Test
    void replacesVariablesInTheWholePlan() throws Exception {
        String plan = """
                name: of ${JOB_NAME} $BUILD_NUMBER
                hosts: {host-a: {address: local}, host-b: {address: local}}
                driver: {command: {from: host-a, to: host-b, on: local, migrate: "echo $LMB_TO > %1$s", locate: cat %1$s}}
                window: {before: 100 ms, after: 100 ms}
                samples: 1
                """.formatted(workload.atHome("variables"));
        jenkins.pipeline(
                "variables",
                "node('migration-lab') { writeFile file: 'a-1.yaml', text: '''" + plan
                        + "'''\n liveMigrationBenchmark planFile: 'a-${BUILD_NUMBER}.yaml' }");
        assertThat(jenkins.buildToTheEnd("variables", 1))
                .contains("Benchmark of variables 1: the engine runs")
                .endsWith("Finished: SUCCESS\n");
        jenkins.pipeline("no-variable", "node('migration-lab') { liveMigrationBenchmark plan: 'name: of ${BRNCH}' }");
        assertThat(jenkins.buildToTheEnd("no-variable", 1))
                .contains("there is no variable BRNCH")
                .contains("Nothing was touched")
                .endsWith("Finished: FAILURE\n");
    }

    @Test
    void saysInOneSentenceWhatIsDescribedTwice() throws Exception {
        jenkins.pipeline(
                "twice",
                "node('migration-lab') { liveMigrationBenchmark name: 'twice', hosts: [[name: 'a'], [name: 'a']] }");
        assertThat(jenkins.buildToTheEnd("twice", 1))
                .contains("ERROR: a is described twice")
                .doesNotContain("IllegalArgumentException");
    }

    @Test
    void aFoldersLabIsTestedFromItsForm() throws Exception {
        String lab = "io.jenkins.plugins.livemigration.jenkins.config.";
        jenkins.job("folder", """
                <?xml version='1.1' encoding='UTF-8'?>
                <com.cloudbees.hudson.plugins.folder.Folder><properties><%1$sFolderLabs><labs><%1$sMigrationLab>
                <name>of the folder</name><label>migration-lab</label><hosts>
                <%1$sLabHost><name>host-a</name><address>local</address></%1$sLabHost>
                <%1$sLabHost><name>host-b</name><address>local</address></%1$sLabHost>
                </hosts></%1$sMigrationLab></labs></%1$sFolderLabs></properties></com.cloudbees.hudson.plugins.folder.Folder>
                """.formatted(lab));
        String test = "job/folder/descriptorByName/" + lab + "MigrationLab/testConnection";
        assertThat(posted(test, "name=of+the+folder").body()).contains("host-a").contains("<br>");
        assertThat(posted(test, "name=another").body()).contains("Save the configuration first");
        assertThat(jenkins.get(test + "?name=of+the+folder").statusCode()).isEqualTo(405);
    }

    /** A step whose host-a is reached by SSH with these credentials; both hosts are the agent if there are none. */
    private String step(String name, String credentials, String recover, String limit) throws IOException {
        String where = workload.atHome(name);
        String host = credentials.isEmpty()
                ? "address: 'local'"
                : "address: '127.0.0.1', port: " + sshd.getPort() + ", user: 'tester', insecure: true, credentials: '"
                        + credentials + "'";
        return "liveMigrationBenchmark(name: '" + name + "', samples: 1, warmup: 0,"
                + " hosts: [[name: 'host-a', " + host + "], [name: 'host-b', address: 'local']],"
                + " window: [before: '100 ms', after: '100 ms'],"
                + " driver: command(from: 'host-a', to: 'host-b', on: 'host-a',"
                + " migrate: '" + workload.migrate(name, "0.1") + "', locate: 'cat " + where
                + "', recover: '" + recover + "'),"
                + " thresholds: [[metric: 'migrationTime.platform', of: 'median', " + limit + "]])";
    }

    private String key() throws IOException, InterruptedException {
        Path file = folder.resolve("key");
        Process keygen = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ecdsa", "-N", "open-sesame", "-C", "", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keygen.waitFor()).isZero();
        return Files.readString(file);
    }

    private SshServer sshServer() throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(folder.resolve("host-key")));
        server.setPasswordAuthenticator(
                (user, password, session) -> user.equals("tester") && password.equals("correct-horse"));
        server.setPublickeyAuthenticator(new AuthorizedKeysAuthenticator(folder.resolve("key.pub")));
        server.setCommandFactory((channel, command) ->
                new ProcessShellFactory(command, "setsid", "sh", "-c", command).createShell(channel));
        server.start();
        return server;
    }

    /** What the Snippet Generator makes of the step's form. */
    private String snippet(String fields, ObjectNode driver) throws JsonProcessingException {
        ObjectNode form = form(STEP + "LiveMigrationBenchmarkStep", fields);
        form.set("driver", driver);
        String json = URLEncoder.encode(form.toString(), StandardCharsets.UTF_8);
        return posted("pipeline-syntax/generateSnippet", "json=" + json).body();
    }

    private HttpResponse<String> posted(String path, String fields) {
        return jenkins.post(path, "application/x-www-form-urlencoded", HttpRequest.BodyPublishers.ofString(fields));
    }

    private static ObjectNode form(String type, String fields) throws JsonProcessingException {
        ObjectNode form = (ObjectNode) JSON.readTree(fields);
        return form.put("stapler-class", type).put("$class", type);
    }
}
