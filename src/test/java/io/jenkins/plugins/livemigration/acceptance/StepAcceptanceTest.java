package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    private RealJenkins jenkins;

    @BeforeAll
    void aControllerWithAnAgent(@TempDir Path temporary) throws Exception {
        jenkins = RealJenkins.in(temporary);
        jenkins.start();
        jenkins.connectAgent();
    }

    @AfterAll
    void end() {
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
