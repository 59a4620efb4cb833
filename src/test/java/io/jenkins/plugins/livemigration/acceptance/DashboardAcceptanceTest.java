package io.jenkins.plugins.livemigration.acceptance;

import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.HOSTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The portlet in a real dashboard, where the controller's plugins have dashboard-view. */
@Tag("acceptance")
@Timeout(600)
class DashboardAcceptanceTest {
    private static final Path SCREENSHOTS = Path.of("target", "acceptance");
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @TempDir
    Path folder;

    @Test
    void aDashboardShowsTheLatestVerdictOfItsJobs() throws Exception {
        RealJenkins.war();
        assumeTrue(
                RealJenkins.plugins().stream()
                        .anyMatch(plugin -> String.valueOf(plugin.getFileName()).startsWith("dashboard-view.")),
                "NO DASHBOARD-VIEW among the controller's plugins: the portlet was not tested");
        try (RealJenkins jenkins = RealJenkins.in(folder)) {
            jenkins.start();
            jenkins.connectAgent();
            jenkins.job("measured", job("<displayName>" + RealJenkins.escaped(HOSTILE) + "</displayName>", script()));
            jenkins.job("plain", job("", "echo 'nothing is measured here'"));
            view(jenkins, "empty", "plain");
            view(jenkins, "board", "measured", "plain");
            assertThat(jenkins.buildToTheEnd("measured", 1)).contains("Finished: ");
            assertThat(jenkins.buildToTheEnd("measured", 2)).contains("Finished: ");

            assertThat(jenkins.text("view/empty/")).contains("No benchmark has ended in a job of this view yet.");
            for (String page : new String[] {"view/board/", "view/board/topPortlets/0/"}) {
                HttpResponse<String> answer = jenkins.get(page);
                assertThat(answer.statusCode()).as(page).isEqualTo(200);
                assertThat(answer.body())
                        .contains("What moved &lt;b>last&lt;/b>")
                        .doesNotContain("<b>last")
                        .contains("<strong>– INSUFFICIENT_BASELINE</strong>")
                        .contains("measured #2")
                        .contains("/job/measured/live-migration-trend/")
                        .contains("<polyline")
                        .contains("&lt;img src=x")
                        .doesNotContain("<img src=x")
                        .doesNotContain("job/plain/");
            }

            Browser browser = new Browser(SCREENSHOTS);
            Browser.Seen english = browser.open("dashboard-en", jenkins.url() + "view/board/", "en");
            assertThat(english.complaints()).isEmpty();
            assertThat(english.document()).contains("Latest verdict");
            Browser.Seen indonesian = browser.open("dashboard-id", jenkins.url() + "view/board/", "id");
            assertThat(indonesian.complaints()).isEmpty();
            assertThat(indonesian.document()).contains("Putusan terbaru");
            assertThat(jenkins.complaints()).isEmpty();
        }
    }

    private static void view(RealJenkins jenkins, String name, String... jobs) {
        String xml = "<hudson.plugins.view.dashboard.Dashboard><name>" + name + "</name><jobNames><string>"
                + String.join("</string><string>", jobs) + "</string></jobNames><columns/><topPortlets>"
                + "<io.jenkins.plugins.livemigration.jenkins.job.BenchmarkPortlet>"
                + "<name>What moved &lt;b&gt;last&lt;/b&gt;</name>"
                + "</io.jenkins.plugins.livemigration.jenkins.job.BenchmarkPortlet></topPortlets>"
                + "</hudson.plugins.view.dashboard.Dashboard>";
        assertThat(jenkins.post("createView?name=" + name, "application/xml", HttpRequest.BodyPublishers.ofString(xml))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String job(String more, String script) {
        return "<?xml version='1.1' encoding='UTF-8'?><flow-definition>" + more
                + "<definition class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\"><script>"
                + RealJenkins.escaped(script) + "</script><sandbox>true</sandbox></definition></flow-definition>";
    }

    private String script() throws Exception {
        FileWorkload workload = new FileWorkload(folder);
        String where = workload.atHome("measured");
        return "node('migration-lab') { liveMigrationBenchmark(name: 'measured',"
                + HOSTS + ", samples: 3, warmup: 0, window: [before: '50 ms', after: '50 ms'], gate: 'stage',"
                + " driver: command(from: 'host-a', to: 'host-b', on: 'local', migrate: '"
                + workload.migrate("measured", "0.3") + "', locate: 'cat " + where + "', recover: 'echo host-a > "
                + where + "')) }";
    }
}
