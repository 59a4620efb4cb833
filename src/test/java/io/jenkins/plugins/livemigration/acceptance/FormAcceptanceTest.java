package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The forms of the step and of labs, what checks their fields, and what they store, in a real controller. */
class FormAcceptanceTest extends ControllerTestBase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAN = "io.jenkins.plugins.livemigration.jenkins.plan.";
    private static final String STEP = "io.jenkins.plugins.livemigration.jenkins.step.";

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

    /** In an order in which no class writes them now: fields may be declared elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"liveMigration.proxmoxDriver", PLAN + "ProxmoxDriver"})
    void keepsWhatWasStored(String type) throws Exception {
        String name = "stored-" + type.length();
        String xml = """
                <?xml version='1.0' encoding='UTF-8'?>
                <project><builders><liveMigration.builder><benchmark><name>stored</name><driver class="%s">
                <vmid>100</vmid><to>yagra</to><cluster>pve</cluster><url>https://a:8006</url>
                <urls><string>https://b:8006</string></urls><ssh>pve1</ssh><credentialsId>pve-token</credentialsId>
                <user>root@pam</user><tls><fingerprints><string>AA</string></fingerprints></tls><kind>qemu</kind>
                <from>sabda</from><withLocalDisks>true</withLocalDisks><targetStorage>local-lvm</targetStorage>
                <bwlimitKiB>1</bwlimitKiB><migrationNetwork>10.0.0.0/8</migrationNetwork><force><reason>why</reason></force>
                <insecureTransport><reason>why not</reason></insecureTransport><conntrackState>true</conntrackState>
                <shutdownTimeout>3 min</shutdownTimeout>
                </driver><probes><liveMigration.udpProbe><payloadBytes>64</payloadBytes><host>web</host><port>7</port>
                </liveMigration.udpProbe></probes></benchmark></liveMigration.builder></builders></project>
                """.formatted(type);
        jenkins.job(name, xml);
        posted(
                "scriptText",
                "script=" + URLEncoder.encode("Jenkins.get().getItem('" + name + "').save()", StandardCharsets.UTF_8));
        String stored =
                Files.readString(jenkins.home().resolve("jobs").resolve(name).resolve("config.xml"));
        assertThat(stored)
                .contains("<driver class=\"liveMigration.proxmoxDriver\">")
                .contains("<host>web</host>", "<port>7</port>", "<payloadBytes>64</payloadBytes>");
        assertThat(driver(stored)).hasSize(19).isEqualTo(driver(xml));
    }

    /** The driver's elements with their texts. */
    private static Map<String, String> driver(String xml) throws Exception {
        NodeList elements = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getElementsByTagName("driver")
                .item(0)
                .getChildNodes();
        Map<String, String> texts = new TreeMap<>();
        for (int i = 0; i < elements.getLength(); i++) {
            if (elements.item(i) instanceof Element element) {
                texts.put(element.getTagName(), element.getTextContent().strip());
            }
        }
        return texts;
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
        assertThat(posted(test, "name=of+the+folder").body())
                .contains("class=\"ok\"")
                .contains("host-a")
                .contains("<br>");
        assertThat(posted(test, "name=another").body()).contains("Save the configuration first");
        assertThat(jenkins.get(test + "?name=of+the+folder").statusCode()).isEqualTo(405);
    }

    @Test
    void aHostIsLookedForInTheLabThatTheFormNames() throws Exception {
        String lab = "io.jenkins.plugins.livemigration.jenkins.config.";
        jenkins.job("owner", """
                <?xml version='1.1' encoding='UTF-8'?>
                <com.cloudbees.hudson.plugins.folder.Folder><properties><%1$sFolderLabs><labs><%1$sMigrationLab>
                <name>near</name><allowedItems>owner/inner</allowedItems><hosts>
                <%1$sLabHost><name>host-a</name><address>local</address></%1$sLabHost>
                </hosts></%1$sMigrationLab></labs></%1$sFolderLabs></properties></com.cloudbees.hudson.plugins.folder.Folder>
                """.formatted(lab));
        jenkins.post(
                "job/owner/createItem?name=inner&mode=hudson.model.FreeStyleProject",
                "application/x-www-form-urlencoded",
                HttpRequest.BodyPublishers.noBody());
        String forms = "job/owner/job/inner/descriptorByName/" + PLAN;
        for (String field : List.of(
                "CommandParameter/checkOn",
                "CommandDriver/checkOn",
                "CaptureParameter/checkOn",
                "OneWayProbe/checkOn",
                "PodmanDriver/checkFrom",
                "CommandDriver/checkTo")) {
            assertThat(posted(forms + field, "value=host-b&lab=near").body())
                    .as(field)
                    .contains("class=\"warning\"")
                    .contains("The migration lab near describes no host host-b");
            for (String right : List.of(
                    "value=host-a&lab=near",
                    "value=local&lab=near",
                    "value=host-b&lab=far",
                    "value=host-b&lab=",
                    "value=$HOST&lab=near")) {
                assertThat(posted(forms + field, right).body())
                        .as(field + " " + right)
                        .isEqualTo("<div/>");
            }
        }
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
