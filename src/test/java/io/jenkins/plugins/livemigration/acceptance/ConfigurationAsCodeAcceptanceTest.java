package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The labs as code: what the manual shows, loaded by Configuration as Code in a real controller, used and exported. */
@Tag("acceptance")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigurationAsCodeAcceptanceTest {
    private static final String MORE = """
                  - name: loopback
                    label: migration-lab
                    allowedItems: allowed
                    hosts:
                      - {name: host-a, address: local}
                      - {name: host-b, address: local}
                  - name: typed
                    hosts:
                      - {name: host-c, address: 192.0.2.13, port: 2222, insecure: true, connectTimeout: 10 s}
            """;

    private Path folder;
    private RealJenkins jenkins;
    private String yaml;

    @BeforeAll
    void aControllerThatIsConfiguredAtItsStart(@TempDir Path temporary) throws Exception {
        RealJenkins.war();
        assumeTrue(
                RealJenkins.plugins().stream()
                        .anyMatch(plugin -> plugin.getFileName().toString().startsWith("configuration-as-code.")),
                "NO CONFIGURATION AS CODE: put configuration-as-code among the plugins; nothing of it was tested");
        folder = temporary;
        yaml = ofTheManual().stripTrailing() + "\n" + MORE;
        jenkins = RealJenkins.in(folder);
        Files.writeString(jenkins.home().resolve("credentials.xml"), """
                <?xml version='1.1' encoding='UTF-8'?>
                <com.cloudbees.plugins.credentials.SystemCredentialsProvider><domainCredentialsMap><entry>
                <com.cloudbees.plugins.credentials.domains.Domain><specifications/></com.cloudbees.plugins.credentials.domains.Domain>
                <list><com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>
                <scope>SYSTEM</scope><id>lab-key</id><description/><username>tester</username><password>correct-horse</password>
                </com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl></list></entry></domainCredentialsMap>
                </com.cloudbees.plugins.credentials.SystemCredentialsProvider>
                """);
        write(yaml);
        jenkins.start();
        jenkins.connectAgent();
    }

    @AfterAll
    void end() {
        if (jenkins != null) {
            jenkins.close();
        }
    }

    @BeforeEach
    void asItWas() throws Exception {
        if (!Files.readString(file()).equals(yaml)) {
            write(yaml);
            assertThat(reload().statusCode()).isEqualTo(302);
        }
    }

    @Test
    void whatTheManualShowsIsThereAfterTheStart() {
        assertThat(script("""
                def all = ExtensionList.lookupSingleton(
                    Jenkins.get().pluginManager.uberClassLoader
                        .loadClass('io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs')).labs
                all.each { println "$it.name|$it.label|${it.allows('upgrades/x')}|${it.allows('other')}|${it.partOfPlan()}" }
                null
                """)).isEqualTo("""
                containers|migration-lab|true|false|{"hosts":{"host-a":{"address":"192.0.2.11","credentials":"lab-key",\
                "hostKey":"SHA256:..."},"host-b":{"address":"192.0.2.12","credentials":"lab-key","hostKey":"SHA256:..."}},\
                "clusters":{}}
                proxmox|migration-lab|false|false|{"hosts":{},"clusters":{"pve":{"urls":["https://pve1.lab:8006",\
                "https://pve2.lab:8006"],"credentials":"pve-token","tls":{"ca":"/etc/ssl/pve-root-ca.pem"}}}}
                loopback|migration-lab|false|false|{"hosts":{"host-a":{"address":"local"},"host-b":{"address":"local"}},\
                "clusters":{}}
                typed|null|false|false|{"hosts":{"host-c":{"address":"192.0.2.13","port":2222,"insecure":true,\
                "connectTimeout":"10 s"}},"clusters":{}}
                """);
    }

    @Test
    void aJobThatMayUsesTheLab() throws Exception {
        String where = new FileWorkload(folder).atHome("code");
        String step =
                "node('migration-lab') { liveMigrationBenchmark(name: 'code', lab: 'loopback', samples: 1, warmup: 0,"
                        + " window: [before: '100 ms', after: '100 ms'], driver: command(from: 'host-a', to: 'host-b', on: 'local',"
                        + " migrate: 'echo \"$LMB_TO\" > " + where + "', locate: 'cat " + where + "',"
                        + " recover: 'echo host-a > " + where + "')) }";
        jenkins.pipeline("allowed", step);
        jenkins.pipeline("stranger", step);
        assertThat(jenkins.buildToTheEnd("allowed", 1)).endsWith("Finished: SUCCESS\n");
        assertThat(jenkins.buildToTheEnd("stranger", 1))
                .contains("There is no migration lab loopback that stranger may use")
                .endsWith("Finished: FAILURE\n");
    }

    @Test
    void aMistakeIsRefusedByNameAndNothingChanges() throws Exception {
        Object before = exported();
        for (List<String> mistake : List.of(
                List.of("address: 192.0.2.12", "adress: 192.0.2.12", "<code>adress</code>", "<li>knownHosts</li>"),
                List.of("allowedItems: |", "alowedItems: |", "<code>alowedItems</code>", "<li>allowedItems</li>"),
                List.of("tls: {ca", "tls: {cea", "<code>cea</code>", "<li>fingerprints</li>"),
                List.of("    labs:", "    lab:", "<code>lab</code>", "<li>labs</li>"),
                List.of("- name: proxmox\n        label", "- label", "MigrationLab", "name java.lang.String"))) {
            String wrong = yaml.replace(mistake.get(0), mistake.get(1));
            assertThat(wrong).as("the mistake is made").isNotEqualTo(yaml);
            write(wrong);
            HttpResponse<String> answer = reload();
            assertThat(answer.statusCode()).as(mistake.toString()).isNotEqualTo(302);
            assertThat(answer.body()).as(mistake.toString()).contains(mistake.subList(2, mistake.size()));
            assertThat(exported()).as(mistake.toString()).isEqualTo(before);
        }
    }

    @Test
    void theExportSaysWhatWasLoadedWithoutSecretsAndCanBeLoaded() throws Exception {
        String export = export();
        assertThat(export).contains("credentials: \"lab-key\"").doesNotContain("correct-horse");
        Object labs = labsOf(export);
        assertThat(labs).isEqualTo(labsOf(yaml.replace("allowedItems: |\n", "allowedItems: |-\n")));

        write(new Dump(DumpSettings.builder().build())
                .dumpToString(Map.of("unclassified", Map.of("liveMigration", Map.of("labs", labs)))));
        assertThat(reload().statusCode()).isEqualTo(302);
        assertThat(exported()).isEqualTo(labs);
    }

    private static String ofTheManual() throws IOException {
        Matcher block = Pattern.compile("```yaml\n(unclassified:\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "jenkins.md")));
        List<String> blocks = new ArrayList<>();
        while (block.find()) {
            blocks.add(block.group(1));
        }
        assertThat(blocks).hasSize(1);
        return blocks.get(0);
    }

    private Path file() {
        return jenkins.home().resolve("jenkins.yaml");
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private HttpResponse<String> reload() {
        return jenkins.post("manage/configuration-as-code/reload", "text/plain", HttpRequest.BodyPublishers.noBody());
    }

    private String export() {
        HttpResponse<String> answer =
                jenkins.post("manage/configuration-as-code/export", "text/plain", HttpRequest.BodyPublishers.noBody());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private Object exported() {
        return labsOf(export());
    }

    private static Object labsOf(String yaml) {
        Map<?, ?> all = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return ((Map<?, ?>) ((Map<?, ?>) all.get("unclassified")).get("liveMigration")).get("labs");
    }

    private String script(String script) {
        return jenkins.post(
                        "scriptText",
                        "application/x-www-form-urlencoded",
                        HttpRequest.BodyPublishers.ofString(
                                "script=" + URLEncoder.encode(script, StandardCharsets.UTF_8)))
                .body();
    }
}
