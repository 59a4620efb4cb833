package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * All pages as readers see them: in both languages and themes, in a wide window and in one of 800 pixels, of a result that has
 * everything in it. The screenshots are kept.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesAcceptanceTest extends ControllerTestBase {
    private static final String BUILD = "job/seen/4/live-migration/";
    private static final List<String> LANGUAGES = List.of("en", "id");
    /** Pages on which little is of Jenkins' own, which speaks no Indonesian. */
    private static final List<String> OURS = List.of("build", "trend-many", "trend-one", "job", "summary");

    private static final int WIDE = 1300;
    private static final int NARROW = 800;

    private LoopbackService service;
    private SshServer hostB;
    private Untranslated untranslated;

    @Override
    void prepare() throws Exception {
        untranslated = new Untranslated();
        service = new LoopbackService(folder.resolve("service"));
        hostB = hostB();
        String config = "io.jenkins.plugins.livemigration.jenkins.config.";
        Files.writeString(jenkins.home().resolve(config + "MigrationLabs.xml"), """
                <?xml version='1.1' encoding='UTF-8'?>
                <%1$sMigrationLabs><labs><liveMigration.lab><name>near</name><label>migration-lab</label>
                <allowedItems>seen</allowedItems><hosts><%1$sLabHost><name>host-a</name><address>local</address></%1$sLabHost>
                </hosts></liveMigration.lab></labs></%1$sMigrationLabs>
                """.formatted(config));
    }

    @BeforeAll
    void builds() throws Exception {
        login();
        jenkins.pipeline("seen", "node('migration-lab') { " + step("seen", "") + " }");
        jenkins.pipeline("once", "node('migration-lab') { " + step("once", "") + " }");
        jenkins.pipeline("none", "node('migration-lab') { echo 'nothing yet' }");
        podmanOfHostB("4.9.3");
        for (int build = 1; build <= 4; build++) {
            if (build == 4) {
                podmanOfHostB("5.2.1");
                service.outage("0.9");
                service.failOnce();
            }
            assertThat(jenkins.buildToTheEnd("seen", build)).contains("Finished: ");
        }
        assertThat(jenkins.buildToTheEnd("once", 1)).contains("Finished: ");
        assertThat(jenkins.buildToTheEnd("none", 1)).contains("Finished: SUCCESS");
    }

    @AfterAll
    void endOfTheHosts() throws Exception {
        if (hostB != null) {
            hostB.stop(true);
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    @Order(1)
    void decidesByTheForms() throws Exception {
        String until = LocalDate.now(ZoneOffset.UTC).plusDays(30).toString();
        try (DrivenBrowser browser = new DrivenBrowser(folder.resolve("forms"), SCREENSHOTS, "en")) {
            browser.open(jenkins.url() + BUILD);
            browser.evaluate("(() => { const form = document.querySelector('form[action$=\"decisions/mute\"]');"
                    + "form.metric.value = 'downtime.observed'; form.until.value = '" + until
                    + "'; form.why.value = 'The new switch is being burnt in'; window.leftBehind = true;"
                    + "form.querySelector('button').click(); })()");
            browser.awaitPage();
            assertThat(text(browser)).contains("downtime.observed does not gate until " + until);
            browser.evaluate("(() => { const form = document.querySelector('form[action$=\"decisions/accept\"]');"
                    + "form.why.value = 'Encryption costs this much'; window.leftBehind = true;"
                    + "form.querySelector('button').click(); })()");
            browser.awaitPage();
            assertThat(text(browser)).contains("is accepted by anonymous").contains("Encryption costs this much");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** The lab is a field of the step's form, the host one of its driver's. */
    @Test
    @Order(1)
    void warnsOfAHostThatTheChosenLabDoesNotDescribe() throws Exception {
        try (DrivenBrowser browser = new DrivenBrowser(folder.resolve("hosts"), SCREENSHOTS, "en")) {
            openSnippets(browser);
            browser.evaluate("(() => { const lab = document.querySelector('[name=\"_.lab\"]'); lab.value = 'near';"
                    + " lab.dispatchEvent(new Event('change'));"
                    + " [...document.querySelectorAll('.optionalBlock-container')]"
                    + ".find(block => block.querySelector('select.dropdownList'))"
                    + ".querySelector('input[type=checkbox]').click(); })()");
            select(browser, "Commands of your own");
            String on = "document.querySelector('[name=\"_.on\"]')";
            browser.await(on + " !== null && " + on + ".checkVisibility()");
            String warned = "document.body.innerText.includes('The migration lab near describes no host host-x')";
            // The page's scripts take a moment until they listen.
            browser.await("(() => { " + on + ".value = 'host-x'; " + on + ".dispatchEvent(new Event('change')); return "
                    + warned + "; })()");
            browser.resize(WIDE, 1000);
            browser.screenshot("seen-snippets-warning", "#main-panel");
            browser.await("(() => { " + on + ".value = 'host-a'; " + on
                    + ".dispatchEvent(new Event('change')); return !" + warned + "; })()");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private void openSnippets(DrivenBrowser browser) {
        browser.open(jenkins.url() + "job/seen/pipeline-syntax/");
        select(browser, "liveMigrationBenchmark");
        browser.await("document.querySelector('[name=\"_.lab\"]')?.checkVisibility()");
    }

    /** Chooses what begins so, in whichever list has it. */
    private static void select(DrivenBrowser browser, String beginning) {
        String option = "[...document.querySelectorAll('select option')]" + ".find(one => one.text.startsWith('"
                + beginning + "') && one.closest('select').checkVisibility())";
        browser.await(option + " !== undefined");
        browser.evaluate("(() => { const chosen = " + option + "; const list = chosen.closest('select');"
                + " list.value = chosen.value; list.selectedIndex = chosen.index;"
                + " list.dispatchEvent(new Event('change')); })()");
    }

    @Test
    @Order(2)
    void aBuildsPageIsReadableToItsEnd() throws Exception {
        for (boolean dark : List.of(false, true)) {
            jenkins.show(dark);
            for (String language : LANGUAGES) {
                try (DrivenBrowser browser = browser(language, dark)) {
                    for (int width : List.of(WIDE, NARROW)) {
                        look(browser, BUILD + "?sample=3", width, "build", language, dark);
                        browser.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })");
                        assertReadable(browser, "build, unfolded, " + width);
                        String shot = name("build", language, dark, width);
                        browser.screenshot(shot + "-unfolded", "#none");
                        browser.screenshot(shot + "-decisions", ".lmb-decisions");
                    }
                    assertThat(browser.complaints()).isEmpty();
                }
            }
        }
    }

    @Test
    @Order(3)
    void everyOtherPageIsReadable() throws Exception {
        view();
        folder();
        for (boolean dark : List.of(false, true)) {
            jenkins.show(dark);
            for (String language : LANGUAGES) {
                try (DrivenBrowser browser = browser(language, dark)) {
                    for (int width : List.of(WIDE, NARROW)) {
                        look(browser, "job/seen/live-migration-trend/", width, "trend-many", language, dark);
                        look(browser, "job/once/live-migration-trend/", width, "trend-one", language, dark);
                        look(browser, "job/seen/", width, "job", language, dark);
                        look(browser, "job/seen/4/", width, "summary", language, dark);
                        assertThat(text(browser)).contains("seen: ! UNSTABLE");
                    }
                    look(browser, "view/seen/", WIDE, "column", language, dark);
                    look(browser, "job/seen/4/testReport/", WIDE, "tests", language, dark);
                    look(browser, "manage/configure", WIDE, "global", language, dark);
                    look(browser, "job/lab-folder/configure", WIDE, "folder", language, dark);
                    assertThat(text(browser))
                            .contains(
                                    language.equals("en")
                                            ? "Labs that are defined here"
                                            : "Lab yang didefinisikan di sini")
                            .contains(language.equals("en") ? "Add a host" : "Tambahkan host");
                    openSnippets(browser);
                    browser.screenshot(name("snippets", language, dark, WIDE), "#none");
                    assertThat(browser.complaints()).isEmpty();
                }
            }
        }
    }

    private DrivenBrowser browser(String language, boolean dark) throws Exception {
        return new DrivenBrowser(
                folder.resolve("browser-" + language + dark + System.nanoTime()), SCREENSHOTS, language);
    }

    private void look(DrivenBrowser browser, String page, int width, String what, String language, boolean dark)
            throws Exception {
        browser.resize(width, 1000);
        browser.open(jenkins.url() + page);
        browser.screenshot(name(what, language, dark, width), "#none");
        assertReadable(browser, what + " " + width);
        if (language.equals("id") && OURS.contains(what)) {
            // So says Jenkins itself of a build's icon.
            assertThat(untranslated.in(text(browser))).as(what).allMatch("Success"::equals);
        }
    }

    private static void assertReadable(DrivenBrowser browser, String what) {
        assertThat(browser.tooWide()).as(what + " is too wide").isEmpty();
        assertThat(browser.faint("[class^=lmb-]")).as(what + " has faint texts").isEmpty();
    }

    private static String text(DrivenBrowser browser) {
        return browser.evaluate("document.querySelector('#main-panel').innerText")
                .asText();
    }

    private static String name(String what, String language, boolean dark, int width) {
        return "seen-" + what + "-" + (dark ? "dark" : "light") + "-" + language + "-" + width;
    }

    private void view() {
        String view = "<hudson.model.ListView><name>seen</name><jobNames><string>none</string><string>once</string>"
                + "<string>seen</string></jobNames><columns><hudson.views.StatusColumn/><hudson.views.JobColumn/>"
                + "<io.jenkins.plugins.livemigration.jenkins.job.BenchmarkColumn/><hudson.views.LastSuccessColumn/>"
                + "</columns></hudson.model.ListView>";
        assertThat(jenkins.post("createView?name=seen", "application/xml", HttpRequest.BodyPublishers.ofString(view))
                        .statusCode())
                .isEqualTo(200);
    }

    private void folder() throws Exception {
        String lab = "io.jenkins.plugins.livemigration.jenkins.config.";
        jenkins.job("lab-folder", """
                <?xml version='1.1' encoding='UTF-8'?>
                <com.cloudbees.hudson.plugins.folder.Folder><properties><%1$sFolderLabs><labs><%1$sMigrationLab>
                <name>of the folder</name><label>migration-lab</label><hosts>
                <%1$sLabHost><name>host-a</name><address>local</address></%1$sLabHost>
                </hosts><clusters><%1$sLabCluster><name>pve</name><url>https://pve1.lab:8006</url></%1$sLabCluster></clusters>
                </%1$sMigrationLab></labs></%1$sFolderLabs></properties></com.cloudbees.hudson.plugins.folder.Folder>
                """.formatted(lab));
    }

    private String step(String name, String more) {
        return "liveMigrationBenchmark(name: '" + name + "', " + more
                + "hosts: [[name: 'host-a', address: 'local'], [name: 'host-b', address: '127.0.0.1', port: "
                + hostB.getPort()
                + ", user: 'tester', credentials: 'login', insecure: true]], samples: 3, warmup: 0, gate: 'none',"
                + " window: [before: '500 ms', after: '500 ms'], " + service.driver() + ","
                + " probes: [" + service.probe() + ", http(name: 'web', url: '" + jenkins.url()
                + "login', intervalMillis: 50)],"
                + " thresholds: [[metric: 'downtime.observed', of: 'median', unstable: '500 ms', fail: '2 s'],"
                + " [metric: 'migrationTime.platform', of: 'worst', fail: '30 s']])";
    }

    /** Host-b has a Podman of its own, of which nothing more is known than its version. */
    private void podmanOfHostB(String version) throws Exception {
        Path program = Files.createDirectories(folder.resolve("host-b")).resolve("podman");
        Files.writeString(program, "#!/bin/sh\necho podman version " + version + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private void login() {
        String login = """
                <com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl><scope>GLOBAL</scope><id>login</id>
                <description/><username>tester</username><password>correct-horse</password>
                </com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>
                """;
        assertThat(jenkins.post(
                                "credentials/store/system/domain/_/createCredentials",
                                "application/xml",
                                HttpRequest.BodyPublishers.ofString(login))
                        .statusCode())
                .isEqualTo(200);
    }

    private SshServer hostB() throws Exception {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(folder.resolve("host-key")));
        server.setPasswordAuthenticator((user, password, session) -> user.equals("tester"));
        server.setCommandFactory((channel, command) -> {
            String own = "PATH=" + folder.resolve("host-b") + ":$PATH; export PATH; " + command;
            return new ProcessShellFactory(own, "setsid", "sh", "-c", own).createShell(channel);
        });
        server.start();
        return server;
    }
}
