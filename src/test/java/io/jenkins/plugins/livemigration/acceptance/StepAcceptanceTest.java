package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the step does with its parameters in a real controller with a real agent. */
class StepAcceptanceTest extends ControllerTestBase {
    private SshServer sshd;

    @Override
    void prepare() throws Exception {
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
        Files.writeString(
                jenkins.home().resolve("io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs.xml"),
                """
                <?xml version='1.1' encoding='UTF-8'?>
                <io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs><labs>%s%s%s</labs>
                </io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs>
                """.formatted(
                                lab("well", "<address>local</address>", "<address>local</address>"),
                                lab("unverified", reached(sshd.getPort()), "<address>local</address>"),
                                lab("half", "<address>local</address>", reached(1))));
    }

    @AfterAll
    void endOfTheHost() throws IOException {
        if (sshd != null) {
            sshd.stop(true);
        }
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
            assertThat(jenkins.usesOf(id)).as("who used " + id).isEqualTo("by-" + id + " [1,2)\n");
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

    /** Tabs tell the notations apart: JSON takes them, YAML does not. */
    @Test
    void takesTheNotationOfTheFileThatItsVariablesName() throws Exception {
        String plan = """
                {
                \t"name": "of a file", "samples": 1, "window": {"before": "100 ms", "after": "100 ms"},
                \t"hosts": {"host-a": {"address": "local"}, "host-b": {"address": "local"}},
                \t"driver": {"command": {"from": "host-a", "to": "host-b", "on": "local",
                \t\t"migrate": "echo $LMB_TO > %1$s", "locate": "cat %1$s"}}
                }
                """.formatted(workload.atHome("notation"));
        jenkins.pipeline(
                "notation",
                "node('migration-lab') { writeFile file: 'web.json', text: '''" + plan
                        + "'''\n withEnv(['PLAN=web.json']) { liveMigrationBenchmark planFile: '${PLAN}' } }");
        assertThat(jenkins.buildToTheEnd("notation", 1))
                .contains("Benchmark of a file: the engine runs")
                .endsWith("Finished: SUCCESS\n");
    }

    @Test
    void aLabsTestIsAsBadAsItsWorstFinding() {
        assertThat(tested("well")).contains("class=\"ok\"").contains("Every host and cluster answers as it should.");
        assertThat(tested("unverified"))
                .contains("class=\"warning\"")
                .contains("WARNING host-a:")
                .contains("Every host and cluster answers as it should.")
                .doesNotContain("correct-horse");
        assertThat(tested("half"))
                .contains("class=\"error\"")
                .contains("ok host-a:", "ERROR host-b:")
                .contains("Not every host and cluster can be used like this.");
        assertThat(tested("half", "Accept-Language", "id"))
                .contains("class=\"error\"")
                .contains("KESALAHAN host-b:");
    }

    private String tested(String lab, String... headers) {
        return jenkins.post(
                        "descriptorByName/io.jenkins.plugins.livemigration.jenkins.config.MigrationLab/testConnection",
                        "application/x-www-form-urlencoded",
                        HttpRequest.BodyPublishers.ofString("name=" + lab),
                        headers)
                .body();
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

    private static String lab(String name, String a, String b) {
        return """
                <liveMigration.lab><name>%s</name><hosts>
                <io.jenkins.plugins.livemigration.jenkins.config.LabHost><name>host-a</name>%s
                </io.jenkins.plugins.livemigration.jenkins.config.LabHost>
                <io.jenkins.plugins.livemigration.jenkins.config.LabHost><name>host-b</name>%s
                </io.jenkins.plugins.livemigration.jenkins.config.LabHost></hosts></liveMigration.lab>
                """.formatted(name, a, b);
    }

    /** By SSH on loopback; whose key it is that the host shows is not verified. */
    private static String reached(int port) {
        return "<address>127.0.0.1</address><port>" + port
                + "</port><user>tester</user><credentials>login</credentials><insecure>true</insecure>";
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
}
