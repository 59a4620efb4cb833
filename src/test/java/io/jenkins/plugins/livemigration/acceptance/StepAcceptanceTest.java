package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/** What the step does with its parameters in a real controller with a real agent. */
@Tag("acceptance")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepAcceptanceTest {
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
            assertThat(jenkins.complaints()).isEmpty();
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
