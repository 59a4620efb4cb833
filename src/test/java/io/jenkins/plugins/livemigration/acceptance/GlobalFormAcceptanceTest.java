package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The global configuration as an administrator fills it in, in a browser, and as somebody sees it who may only read it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GlobalFormAcceptanceTest extends ControllerTestBase {
    private static final String LABS = "io.jenkins.plugins.livemigration.jenkins.config.MigrationLabs";
    /** The part of the page that is ours; Jenkins' class names for its parts change, the fields' names do not. */
    private static final String OURS = "[...document.querySelectorAll('.jenkins-section__title')]"
            + ".find(title => title.textContent.trim() === 'Migration labs').closest('.jenkins-section')";

    private int browsers;

    @Override
    void prepare() throws Exception {
        needs("matrix-auth", "who may only read was not tested");
    }

    @BeforeAll
    void aControllerThatAsksWhoOneIs() throws Exception {
        jenkins.job("free", """
                <?xml version='1.1' encoding='UTF-8'?>
                <project><builders><liveMigration.builder><benchmark><name>read only</name><samples>7</samples>
                <probes><liveMigration.tcpProbe><host>web</host><port>8080</port></liveMigration.tcpProbe></probes>
                </benchmark></liveMigration.builder></builders></project>
                """);
        assertThat(jenkins.script("""
                import hudson.model.Item
                import org.jenkinsci.plugins.matrixauth.PermissionEntry
                Item.EXTENDED_READ.enabled = true
                Jenkins.SYSTEM_READ.enabled = true
                def realm = new hudson.security.HudsonPrivateSecurityRealm(false, false, null)
                realm.createAccount('ann', 'ann')
                realm.createAccount('eve', 'eve')
                def rules = new hudson.security.GlobalMatrixAuthorizationStrategy()
                rules.add(Jenkins.ADMINISTER, PermissionEntry.user('ann'))
                [Jenkins.READ, Jenkins.SYSTEM_READ, Item.READ, Item.EXTENDED_READ].each {
                  rules.add(it, PermissionEntry.user('eve'))
                }
                Jenkins.get().setSecurityRealm(realm)
                Jenkins.get().setAuthorizationStrategy(rules)
                """)).doesNotContain("Exception");
    }

    @Test
    @Order(1)
    void aLabIsAddedByTheForm() throws Exception {
        try (DrivenBrowser ann = open("ann", "manage/configure")) {
            add(ann, OURS + ".querySelector('.repeatable-add')", "labs", 1);
            fill(ann, "labs", "_.name", "containers");
            fill(ann, "labs", "_.label", "migration-lab");
            fill(ann, "labs", "_.allowedItems", "platform-team\\nupgrades/*");
            for (int host = 0; host < 2; host++) {
                add(ann, in("labs", ".repeatable-add"), "hosts", host + 1);
                String chunk = "document.querySelectorAll('.repeated-chunk[name=hosts]')[" + host + "]";
                ann.evaluate(chunk + ".querySelector('[name=\"_.name\"]').value = 'host-" + (host == 0 ? "a" : "b")
                        + "';" + chunk + ".querySelector('[name=\"_.address\"]').value = '192.0.2.1" + host + "'");
            }
            ann.screenshot("global-form", "#lmb-none");
            save(ann);
            assertThat(ann.complaints()).isEmpty();
        }
        assertThat(stored())
                .contains("<liveMigration.lab>", "<name>containers</name>", "<label>migration-lab</label>")
                .contains("<name>host-a</name>", "<address>192.0.2.11</address>", "upgrades/*");
    }

    @Test
    @Order(2)
    void whoMayOnlyReadSeesItAndCannotChangeIt() throws Exception {
        try (DrivenBrowser eve = open("eve", "manage/configure")) {
            eve.await(OURS + " !== undefined");
            String shown = eve.evaluate(OURS + ".innerHTML").asText();
            assertThat(shown)
                    .contains("containers", "192.0.2.11", "upgrades/*")
                    .doesNotContain("repeatable-add", "validate-button", "<input type=\"text\"");
            eve.screenshot("global-read-only", "#lmb-none");
            eve.evaluate("window.status = ''; const head = document.head.dataset;"
                    + "void fetch('" + jenkins.url() + "descriptorByName/" + LABS.replace("Labs", "Lab")
                    + "/testConnection', {method: 'POST', headers: {[head.crumbHeader]: head.crumbValue},"
                    + " body: new URLSearchParams({name: 'containers'})})"
                    + ".then(answer => answer.text()).then(text => { window.status = text; })");
            eve.await("window.status.includes('You may not test this lab')");

            eve.open(jenkins.url() + "job/free/configure");
            assertThat(eve.evaluate("document.querySelector('[name=builder]').innerHTML")
                            .asText())
                    .contains("read only", "8080", "Benchmark live migrations")
                    .doesNotContain("repeatable-add", "<input type=\"text\"");
            eve.screenshot("job-read-only", "#lmb-none");
            assertThat(eve.complaints()).isEmpty();
        }
    }

    /** The form says nothing of a list that is empty. */
    @Test
    @Order(3)
    void theLastLabIsRemovedByTheForm() throws Exception {
        try (DrivenBrowser ann = open("ann", "manage/configure")) {
            // A click before the page's scripts have dressed the button does nothing.
            ann.await("(() => { const lab = document.querySelector('.repeated-chunk[name=labs]');"
                    + " [...(lab?.querySelectorAll('.repeatable-delete') ?? [])]"
                    + ".filter(button => button.closest('.repeated-chunk') === lab).forEach(button => button.click());"
                    + " return document.querySelector('.repeated-chunk[name=labs]') === null; })()");
            save(ann);
        }
        assertThat(stored()).doesNotContain("containers");
    }

    private DrivenBrowser open(String user, String page) throws IOException {
        DrivenBrowser browser = new DrivenBrowser(folder.resolve("browser-" + ++browsers), SCREENSHOTS, "en");
        browser.logIn(jenkins.url(), user, user);
        browser.open(jenkins.url() + page);
        return browser;
    }

    /** A click before the page's scripts have dressed the button does nothing. */
    private static void add(DrivenBrowser browser, String button, String list, int wanted) {
        String count = "document.querySelectorAll('.repeated-chunk[name=" + list + "]').length";
        browser.await("(() => { if (" + count + " < " + wanted + ") { " + button + ".click(); } return " + count
                + " === " + wanted + "; })()");
    }

    private static String in(String list, String selector) {
        return "document.querySelector('.repeated-chunk[name=" + list + "] " + selector.replace("'", "\\'") + "')";
    }

    private static void fill(DrivenBrowser browser, String list, String field, String value) {
        browser.evaluate(in(list, "[name=\"" + field + "\"]") + ".value = '" + value + "'");
    }

    private static void save(DrivenBrowser browser) {
        browser.evaluate("window.leftBehind = true; document.querySelector('[name=Submit]').click()");
        browser.awaitPage();
    }

    private String stored() throws IOException {
        return Files.readString(jenkins.home().resolve(LABS + ".xml"));
    }
}
