package io.jenkins.plugins.livemigration.acceptance;

import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.HOSTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Builds one after another in a real controller: baseline, trend, and what people decide about them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrendAcceptanceTest extends ControllerTestBase {
    private static final String JUMP = "job/jump/7/live-migration/";

    private final HttpClient ann =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Test
    @Order(1)
    void findsTheJumpInTheSeventhOfTenBuilds() throws Exception {
        Files.writeString(seconds(), "0.3");
        jenkins.pipeline("jump", script("jump", ""));
        for (int build = 1; build <= 10; build++) {
            if (build == 7) {
                Files.writeString(seconds(), "0.6");
            }
            String console = jenkins.buildToTheEnd("jump", build);
            if (build == 1) {
                assertThat(console).contains("INSUFFICIENT_BASELINE:");
            } else if (build == 6) {
                assertThat(console).containsPattern("(PASS|INCONCLUSIVE):").contains("#1, #2, #3, #4, #5");
            } else if (build == 7) {
                assertThat(console).contains("FAIL:").contains("#1, #2, #3, #4, #5, #6");
            }
        }
        assertThat(jenkins.text("job/jump/live-migration-trend/changes?metric=migrationTime.platform"))
                .contains("\"builds\":[7]");
        assertThat(jenkins.text("job/jump/live-migration-trend/data"))
                .contains("\"build\":7,\"name\":\"jump\",\"status\":\"FAIL\"");
        assertThat(jenkins.text(
                        "job/jump/live-migration-trend/api/json?tree=metrics,runs[build,name,verdict,verdictNow]"))
                .contains("\"migrationTime.platform\"")
                .contains("\"build\":7,\"name\":\"jump\",\"verdict\":\"FAIL\",\"verdictNow\":\"FAIL\"");
        assertThat(jenkins.text("job/jump/api/json")).doesNotContain("verdictNow");
    }

    @Test
    @Order(2)
    void comparesWithAnotherJobsBuilds() throws Exception {
        jenkins.pipeline("branch", script("jump", "baselineJob: 'jump', "));
        assertThat(jenkins.buildToTheEnd("branch", 1)).contains("FAIL:").contains("jump #6");
        jenkins.pipeline("nowhere", script("jump", "baselineJob: 'hidden/main', "));
        assertThat(jenkins.buildToTheEnd("nowhere", 1))
                .contains("there is no job hidden/main that")
                .doesNotContain("the engine runs");
    }

    @Test
    @Order(3)
    void showsTheNetworkAndOneMigrationByItself() throws Exception {
        String probe = "probes: [http(url: '" + jenkins.url() + "login', intervalMillis: 100)], ";
        jenkins.pipeline("probed", script("probed", probe));
        assertThat(jenkins.buildToTheEnd("probed", 1)).contains("Finished: SUCCESS");
        assertThat(jenkins.text("job/probed/1/live-migration/")).contains("?sample=1#lmb-timeline");
    }

    /** No forge is here: a publisher of our own stands in for one. */
    @Test
    @Order(3)
    void tellsAForgeTheVerdictWhereChecksApiIsInstalled() throws Exception {
        needs("checks-api", "what forges are told was not tested");
        script("""
                import hudson.model.*
                import io.jenkins.plugins.checks.api.*
                def factory = new ChecksPublisherFactory() {
                  protected Optional<ChecksPublisher> createPublisher(Run run, TaskListener listener) {
                    return Optional.of(new ChecksPublisher() {
                      void publish(ChecksDetails details) {
                        def output = details.output.get()
                        System.setProperty('lmb.check', [details.name.get(), details.status, details.conclusion,
                            output.title.get(), output.summary.get(), output.text.get()].join('~'))
                      }
                    })
                  }
                  protected Optional<ChecksPublisher> createPublisher(Job job, TaskListener listener) {
                    return Optional.empty()
                  }
                }
                hudson.ExtensionList.lookup(ChecksPublisherFactory).add(0, factory)
                """);
        Files.writeString(seconds(), "0.1");
        jenkins.pipeline("checked", script("checked", ""));
        assertThat(jenkins.buildToTheEnd("checked", 1))
                .contains("Finished: SUCCESS")
                .doesNotContain("could not publish");

        assertThat(answerOf("print System.getProperty('lmb.check')").split("~"))
                .hasSize(6)
                .satisfies(told -> {
                    assertThat(told[0]).isEqualTo("Live migration / checked");
                    assertThat(told[1]).isEqualTo("COMPLETED");
                    assertThat(told[2]).isEqualTo("SUCCESS");
                    assertThat(told[3]).isEqualTo("INSUFFICIENT_BASELINE");
                    assertThat(told[4]).startsWith("```\n").contains("there is no baseline yet");
                    assertThat(told[5]).startsWith("```\nchecked\n").contains("6 usable samples");
                });
    }

    @Test
    @Order(4)
    void showsPagesInBothLanguagesAndThemesUnderAnEnforcedContentSecurityPolicy() throws Exception {
        Browser browser = new Browser(SCREENSHOTS);
        for (String theme : List.of("light", "dark")) {
            jenkins.show(theme.equals("dark"));
            for (String language : List.of("en", "id")) {
                String name = "-" + theme + "-" + language;
                Browser.Seen trend =
                        browser.open("jump-trend" + name, jenkins.url() + "job/jump/live-migration-trend/", language);
                assertThat(trend.complaints()).isEmpty();
                assertThat(trend.document())
                        .contains("jump / default")
                        .contains(language.equals("en") ? "level changed near #7" : "tingkat berubah di sekitar #7");
                Browser.Seen build = browser.open("jump-build" + name, jenkins.url() + JUMP, language);
                assertThat(build.complaints()).isEmpty();
                assertThat(build.document())
                        .contains(language.equals("en") ? "Accept the new level" : "Terima tingkat baru");
                Browser.Seen job = browser.open("jump-job" + name, jenkins.url() + "job/jump/", language);
                assertThat(job.complaints()).isEmpty();
                assertThat(job.document()).contains("<polyline");
            }
        }
        Browser.Seen timeline =
                browser.open("one-migration", jenkins.url() + "job/probed/1/live-migration/?sample=1", "en");
        assertThat(timeline.complaints()).isEmpty();
        assertThat(timeline.document()).contains("id=\"lmb-timeline\"").contains("Network before, during and after");
        Browser.Seen one = browser.open("one-build-trend", jenkins.url() + "job/branch/live-migration-trend/", "en");
        assertThat(one.document()).contains("One build so far");
    }

    @Test
    @Order(5)
    void aListViewHasTheColumn() throws Exception {
        String view =
                "<hudson.model.ListView><name>benchmarks</name><jobNames><string>jump</string></jobNames><columns>"
                        + "<hudson.views.JobColumn/><io.jenkins.plugins.livemigration.jenkins.job.BenchmarkColumn/></columns>"
                        + "</hudson.model.ListView>";
        assertThat(jenkins.post(
                                "createView?name=benchmarks",
                                "application/xml",
                                HttpRequest.BodyPublishers.ofString(view))
                        .statusCode())
                .isEqualTo(200);
        assertThat(jenkins.text("view/benchmarks/")).contains("jump #10").contains("live-migration-trend/");
    }

    @Test
    @Order(6)
    void onlyWhoMayConfigureDecides() throws Exception {
        script("def realm = new hudson.security.HudsonPrivateSecurityRealm(false, false, null);"
                + " realm.createAccount('ann', 'ann');"
                + " def rules = new hudson.security.FullControlOnceLoggedInAuthorizationStrategy();"
                + " rules.allowAnonymousRead = true;"
                + " jenkins.model.Jenkins.get().setSecurityRealm(realm);"
                + " jenkins.model.Jenkins.get().setAuthorizationStrategy(rules)");
        String before = jenkins.text("job/jump/7/api/json?tree=result,timestamp,duration");
        String accept = "figure=" + encoded("migrationTime.platform default") + "&why="
                + encoded("<img src=x onerror=alert(1)> encryption");

        assertThat(anonymously("decisions/accept", accept)).isEqualTo(403);
        assertThat(asAnn("decisions/accept", "figure=nothing&why=x")).isEqualTo(400);
        assertThat(asAnn("decisions/accept", accept.replace("why=", "because=")))
                .isEqualTo(400);
        assertThat(asAnn("decisions/accept", accept)).isEqualTo(302);

        String page = jenkins.text(JUMP);
        assertThat(page)
                .contains("Judged anew")
                .contains("is accepted by ann")
                .contains("&lt;img src=x")
                .doesNotContain("<img src=x")
                .doesNotContain("Accept the new level");
        assertThat(jenkins.text(JUMP + "api/json"))
                .contains("\"verdict\":\"FAIL\"")
                .contains("\"verdictNow\":\"INSUFFICIENT_BASELINE\"");
        assertThat(jenkins.text("job/jump/live-migration-trend/data")).contains("\"was\":\"FAIL\"");
        assertThat(jenkins.text("job/jump/7/api/json?tree=result,timestamp,duration"))
                .isEqualTo(before);
    }

    @Test
    @Order(7)
    void mutesPinsAndTakesBack() throws Exception {
        String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
        String mute = "metric=migrationTime.platform&why=switch&until=";
        assertThat(anonymously("decisions/mute", mute + tomorrow)).isEqualTo(403);
        assertThat(asAnn("decisions/mute", mute + "2020-01-01")).isEqualTo(400);
        assertThat(asAnn("decisions/mute", mute + tomorrow)).isEqualTo(302);
        assertThat(jenkins.text(JUMP)).contains("does not gate until " + tomorrow);
        assertThat(anonymously("decisions/pin", "why=good")).isEqualTo(403);
        assertThat(asAnn("decisions/pin", "why=good")).isEqualTo(302);
        assertThat(jenkins.text(JUMP)).contains("#7 is pinned as golden by ann");
        for (String what : List.of(
                "kind=mute&value=migrationTime.platform",
                "kind=acceptance&value=" + encoded("migrationTime.platform default"),
                "kind=pin&value=" + encoded("#7"))) {
            assertThat(anonymously("decisions/withdraw", what)).isEqualTo(403);
            assertThat(asAnn("decisions/withdraw", what)).isEqualTo(302);
        }
        assertThat(jenkins.text(JUMP)).doesNotContain("is pinned as golden").doesNotContain("does not gate until");
        assertThat(jenkins.text(JUMP + "api/json")).contains("\"verdictNow\":\"FAIL\"");
    }

    @Test
    @Order(8)
    void remembersTheMetricOfWhoIsSignedInWhicheverBrowserItIs() throws Exception {
        String trend = "job/probed/live-migration-trend/";
        String page = jenkins.url() + trend;
        String chosen;
        try (DrivenBrowser first = new DrivenBrowser(folder.resolve("first"), SCREENSHOTS, "en")) {
            first.logIn(jenkins.url(), "ann", "ann");
            first.open(page);
            first.await("document.querySelector('#lmb-metric').options.length > 1");
            chosen = first.evaluate("(() => { const choice = document.querySelector('#lmb-metric');"
                            + " choice.selectedIndex = choice.options.length - 1;"
                            + " choice.dispatchEvent(new Event('change')); return choice.value; })()")
                    .asText();
            Awaitility.await("the choice is kept")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> answerToAnn(trend).contains("data-chosen=\"" + chosen + "\""));
            assertThat(first.complaints()).isEmpty();
        }
        try (DrivenBrowser second = new DrivenBrowser(folder.resolve("second"), SCREENSHOTS, "id")) {
            second.open(page);
            second.await("document.querySelector('#lmb-metric').options.length > 1");
            assertThat(second.evaluate("document.querySelector('#lmb-metric').value")
                            .asText())
                    .as("nobody is signed in")
                    .isNotEqualTo(chosen);
            second.logIn(jenkins.url(), "ann", "ann");
            second.open(page);
            second.await("document.querySelector('#lmb-metric').value === '" + chosen + "'");
            assertThat(second.complaints()).isEmpty();
        }
        assertThat(usersFile("ann"))
                .contains("<liveMigration.trendChoice")
                .contains(chosen)
                .doesNotContain("io.jenkins.plugins.livemigration");
    }

    @Test
    @Order(9)
    void remembersNothingElse() throws Exception {
        String trend = "job/probed/live-migration-trend/";
        String kept = usersFile("ann");
        for (String hostile : List.of("<script>alert(1)</script>", "../../x", "", "x".repeat(100_000))) {
            assertThat(asAnn("choose", "metric=" + encoded(hostile), trend)).isEqualTo(400);
        }
        assertThat(asAnn("choose", "", trend)).isEqualTo(400);
        assertThat(jenkins.post(
                                trend + "choose",
                                "application/x-www-form-urlencoded",
                                HttpRequest.BodyPublishers.ofString("metric=downtime.observed"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(jenkins.get(trend + "choose?metric=downtime.observed").statusCode())
                .isEqualTo(405);
        assertThat(usersFile("ann")).isEqualTo(kept);
    }

    private String answerToAnn(String path) throws Exception {
        return ann.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String usersFile(String user) throws Exception {
        try (Stream<Path> folders = Files.list(jenkins.home().resolve("users"))) {
            Path own = folders.filter(one -> one.getFileName().toString().startsWith(user + "_"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(own.resolve("config.xml"));
        }
    }

    @Test
    @Order(10)
    void aHundredBuildsShowWithoutAComplaint() throws Exception {
        Path job = jenkins.home().resolve("jobs").resolve("jump");
        for (int build = 11; build <= 100; build++) {
            copy(job.resolve("builds").resolve("10"), job.resolve("builds").resolve(Integer.toString(build)));
        }
        copyAway(job.resolve("live-migration-benchmark"));
        assertThat(asAnn("reload", "", "job/jump/")).isLessThan(400);
        for (int build = 1; build <= 100; build++) {
            assertThat(jenkins.get("job/jump/" + build + "/live-migration/").statusCode())
                    .isEqualTo(200);
        }
        assertThat(jenkins.text("job/jump/live-migration-trend/data")).contains("\"builds\":100");
        assertThat(jenkins.complaints()).isEmpty();
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The history is gone, as if a job had been restored from its builds alone. */
    private static void copyAway(Path history) throws Exception {
        try (Stream<Path> files = Files.walk(history)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void script(String groovy) {
        assertThat(answerOf(groovy)).doesNotContain("Exception");
    }

    private String answerOf(String groovy) {
        HttpResponse<String> answer = jenkins.post(
                "scriptText",
                "application/x-www-form-urlencoded",
                HttpRequest.BodyPublishers.ofString("script=" + encoded(groovy)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private int anonymously(String what, String form) {
        return jenkins.post(
                        JUMP + "1/" + what,
                        "application/x-www-form-urlencoded",
                        HttpRequest.BodyPublishers.ofString(form))
                .statusCode();
    }

    private int asAnn(String what, String form) throws Exception {
        return asAnn(what, form, JUMP + "1/");
    }

    private int asAnn(String what, String form, String place) throws Exception {
        String crumb = ann.send(request("crumbIssuer/api/json").build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .replaceAll(".*\"crumb\":\"([^\"]+)\".*", "$1");
        return ann.send(
                        request(place + what)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Jenkins-Crumb", crumb)
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        String login = Base64.getEncoder().encodeToString("ann:ann".getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(jenkins.url() + path).normalize())
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + login);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Path seconds() {
        return folder.resolve("seconds");
    }

    /** A migration takes as long as a file says: the plan stays the same. */
    private String script(String name, String more) throws Exception {
        FileWorkload workload = new FileWorkload(folder);
        String where = workload.atHome("jump");
        return "node('migration-lab') { liveMigrationBenchmark(name: '" + name + "', " + more
                + HOSTS + ", samples: 3, warmup: 0, window: [before: '50 ms', after: '50 ms'], gate: 'stage',"
                + " driver: command(from: 'host-a', to: 'host-b', on: 'local', migrate: '"
                + workload.migrate("jump", "\\$(cat " + seconds() + ")") + "', locate: 'cat " + where
                + "', recover: 'echo host-a > " + where + "')) }";
    }
}
