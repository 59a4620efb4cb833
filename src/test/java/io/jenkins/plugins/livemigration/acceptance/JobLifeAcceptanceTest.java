package io.jenkins.plugins.livemigration.acceptance;

import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.HOSTS;
import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.declarative;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What becomes of a job's benchmarks when the job is renamed, moved or copied, and a matrix over pairs of hosts. */
class JobLifeAcceptanceTest extends ControllerTestBase {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void historyAndDecisionsGoWithAJobAndNotWithItsCopy() throws Exception {
        String script = declarative(workload.step("life", 3, "0.5", HOSTS, "fail: '20 s'"));
        jenkins.pipeline("before", script);
        for (int build = 1; build <= 3; build++) {
            assertThat(jenkins.buildToTheEnd("before", build)).endsWith("Finished: SUCCESS\n");
        }
        assertThat(posted("job/before/3/live-migration/1/decisions/pin", "why=" + encoded("the old kernel")))
                .isEqualTo(302);

        assertThat(posted("job/before/confirmRename", "newName=after")).isEqualTo(302);
        assertThat(builds("job/after")).containsExactly(1, 2, 3);
        assertThat(jenkins.buildToTheEnd("after", 4))
                .as("what it was compared with")
                .contains("#1, #2, #3");
        assertThat(jenkins.text("job/after/3/live-migration/1/")).contains("the old kernel");

        jenkins.job("team", "<com.cloudbees.hudson.plugins.folder.Folder/>");
        assertThat(posted("job/after/move/move", "destination=" + encoded("/team")))
                .isEqualTo(302);
        assertThat(jenkins.buildToTheEnd("team/job/after", 5))
                .as("what it was compared with")
                .contains("#1, #2, #3, #4");
        assertThat(posted("job/team/job/after/2/doDelete", "")).isEqualTo(302);
        assertThat(builds("job/team/job/after")).containsExactly(1, 3, 4, 5);
        assertThat(jenkins.text("job/team/job/after/4/live-migration/1/")).contains("the old kernel");

        assertThat(posted("job/team/createItem?name=copy&mode=copy&from=after", ""))
                .isEqualTo(302);
        assertThat(jenkins.get("job/team/job/copy/live-migration-trend/").statusCode())
                .as("no benchmark has ended there")
                .isEqualTo(404);
        save("job/team/job/copy", script);
        assertThat(jenkins.buildToTheEnd("team/job/copy", 1)).contains("PASS: All limits are kept (1). (figures");
        assertThat(jenkins.text("job/team/job/copy/1/live-migration/1/")).doesNotContain("the old kernel");
    }

    @Test
    void aMatrixOverPairsOfHostsIsOnOnePageAndInOneTrend() throws Exception {
        for (String to : Set.of("host-b", "host-c")) {
            workload.atHome("matrix-" + to);
        }
        jenkins.pipeline("matrix", """
                pipeline {
                  agent none
                  stages { stage('Pairs of hosts') { matrix {
                    axes { axis { name 'TO'; values 'host-b', 'host-c' } }
                    agent { label 'migration-lab' }
                    stages { stage('Live migration') { steps {
                      liveMigrationBenchmark(
                        name: 'to ${TO}', samples: 1, warmup: 0, window: [before: '100 ms', after: '100 ms'],
                        hosts: [[name: 'host-a', address: 'local'], [name: env.TO, address: 'local']],
                        driver: command(from: 'host-a', to: env.TO, on: 'local',
                                        migrate: "sleep 0.2; echo \\$LMB_TO > %1$s${TO}",
                                        locate: "cat %1$s${TO}", recover: 'true'),
                        thresholds: [[metric: 'migrationTime.platform', of: 'median', fail: '20 s']])
                    } } }
                  } } }
                }
                """.formatted(workload.where("matrix-")));
        assertThat(jenkins.buildToTheEnd("matrix", 1)).endsWith("Finished: SUCCESS\n");

        JsonNode benchmarks = JSON.readTree(jenkins.text("job/matrix/1/live-migration/api/json"))
                .path("benchmarks");
        assertThat(benchmarks.findValuesAsText("name")).containsExactlyInAnyOrder("to host-b", "to host-c");
        assertThat(benchmarks.findValuesAsText("verdict")).hasSize(2).containsOnly("PASS");
        assertThat(jenkins.text("job/matrix/1/live-migration/"))
                .contains("to host-b")
                .contains("to host-c");
        assertThat(jenkins.text("job/matrix/live-migration-trend/data?metric=migrationTime.platform"))
                .contains("\"to host-b\"")
                .contains("\"to host-c\"");
        for (String to : Set.of("host-b", "host-c")) {
            assertThat(workload.host("matrix-" + to)).isEqualTo("host-a\n");
        }
    }

    private Set<Integer> builds(String job) throws IOException {
        Set<Integer> builds = new TreeSet<>();
        JSON.readTree(jenkins.text(job + "/live-migration-trend/api/json?tree=runs[build]"))
                .path("runs")
                .forEach(run -> builds.add(run.path("build").asInt()));
        return builds;
    }

    /** A copy is not built before somebody has saved its form. */
    private void save(String job, String script) {
        String definition = "org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition";
        ObjectNode form = JSON.createObjectNode().put("enable", true);
        form.putObject("definition")
                .put("stapler-class", definition)
                .put("$class", definition)
                .put("script", script)
                .put("sandbox", true);
        assertThat(posted(job + "/configSubmit", "json=" + encoded(form.toString())))
                .isEqualTo(302);
    }

    private int posted(String path, String fields) {
        return jenkins.post(path, "application/x-www-form-urlencoded", HttpRequest.BodyPublishers.ofString(fields))
                .statusCode();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
