package io.jenkins.plugins.livemigration.acceptance;

import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.HOSTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The portlet in a real dashboard, where the controller's plugins have dashboard-view. */
class DashboardAcceptanceTest extends ControllerTestBase {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @Override
    void prepare() throws Exception {
        needs("dashboard-view", "the portlet was not tested");
    }

    @BeforeAll
    void twoBuilds() throws Exception {
        jenkins.job("measured", job("<displayName>" + RealJenkins.escaped(HOSTILE) + "</displayName>", script()));
        jenkins.job("plain", job("", "echo 'nothing is measured here'"));
        assertThat(jenkins.buildToTheEnd("measured", 1)).contains("Finished: ");
        assertThat(jenkins.buildToTheEnd("measured", 2)).contains("Finished: ");
    }

    @Test
    void aDashboardShowsTheLatestVerdictOfItsJobs() throws Exception {
        view("empty", "plain");
        view("board", "measured", "plain");

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
    }

    /** As a user does it: a new view, its jobs, the portlet, its caption, and back to the view. */
    @Test
    void aUserAddsThePortletByTheForms() throws Exception {
        try (DrivenBrowser browser = new DrivenBrowser(folder.resolve("forms"), SCREENSHOTS, "en")) {
            browser.open(jenkins.url() + "newView");
            browser.evaluate("(() => { const name = document.querySelector('form[name=createItem] [name=name]');"
                    + " name.value = 'overview'; name.dispatchEvent(new Event('input'));"
                    + " document.getElementById('hudson.plugins.view.dashboard.Dashboard').click();"
                    + " window.leftBehind = true;"
                    + " document.querySelector('form[name=createItem]').requestSubmit(); })()");
            browser.awaitPage();
            browser.await("document.querySelector('.hetero-list-add[suffix=topPortlet]') !== null");
            browser.evaluate("['measured', 'plain'].forEach(job => {"
                    + " const box = document.querySelector('input[name=\"item_' + job + '\"]');"
                    + " if (!box.checked) { box.click(); } })");
            browser.evaluate("document.querySelector('.hetero-list-add[suffix=topPortlet]').click()");
            String entry = "[...document.querySelectorAll('.jenkins-dropdown__item')]"
                    + ".find(item => item.textContent.trim() === 'Live migration')";
            browser.await(entry + " !== undefined");
            browser.evaluate(entry + ".click()");
            String caption = "document.querySelector('[name=topPortlet] [name=\"portlet.name\"]')";
            browser.await(caption + " !== null && " + caption + ".value === 'Live migration'");
            browser.resize(1300, 900);
            browser.screenshot("dashboard-form", "#none");
            browser.evaluate(caption + ".value = 'What moved last'; window.leftBehind = true;"
                    + " document.querySelector('form[name=viewConfig] [name=Submit]').click()");
            browser.awaitPage();
            assertThat(browser.evaluate("document.body.innerText").asText())
                    .contains("What moved last", "Latest verdict", "INSUFFICIENT_BASELINE", "measured #2");
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(jenkins.text("view/overview/config.xml"))
                .contains("<io.jenkins.plugins.livemigration.jenkins.job.BenchmarkPortlet")
                .contains("<name>What moved last</name>");
        for (boolean dark : List.of(false, true)) {
            jenkins.show(dark);
            for (String language : List.of("en", "id")) {
                String name = "dashboard-" + (dark ? "dark" : "light") + "-" + language;
                try (DrivenBrowser browser = new DrivenBrowser(folder.resolve(name), SCREENSHOTS, language)) {
                    browser.resize(1300, 900);
                    browser.open(jenkins.url() + "view/overview/");
                    browser.screenshot(name, "#none");
                    assertThat(browser.evaluate("document.querySelector('.lmb-portlet').innerText")
                                    .asText())
                            .contains(language.equals("en") ? "Latest verdict" : "Putusan terbaru")
                            .contains("INSUFFICIENT_BASELINE", "measured #2")
                            .containsPattern(": [0-9.]+ (ms|s)\\b");
                    assertThat(browser.evaluate("document.querySelector('.lmb-portlet polyline') !== null")
                                    .asBoolean())
                            .as("the small picture")
                            .isTrue();
                    assertThat(browser.tooWide()).isEmpty();
                    assertThat(browser.faint(".lmb-portlet")).isEmpty();
                    assertThat(browser.complaints()).isEmpty();
                }
            }
        }
    }

    private void view(String name, String... jobs) {
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
        String where = workload.atHome("measured");
        return "node('migration-lab') { liveMigrationBenchmark(name: 'measured',"
                + HOSTS + ", samples: 3, warmup: 0, window: [before: '50 ms', after: '50 ms'], gate: 'stage',"
                + " driver: command(from: 'host-a', to: 'host-b', on: 'local', migrate: '"
                + workload.migrate("measured", "0.3") + "', locate: 'cat " + where + "', recover: 'echo host-a > "
                + where + "')) }";
    }
}
