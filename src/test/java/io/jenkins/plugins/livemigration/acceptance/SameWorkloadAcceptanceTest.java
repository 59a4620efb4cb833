package io.jenkins.plugins.livemigration.acceptance;

import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.HOSTS;
import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.declarative;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

/** Builds of several jobs that move the same workload at the same time. */
class SameWorkloadAcceptanceTest extends ControllerTestBase {
    private static final String PATIENT = HOSTS + ", waitForWorkload: '3 min'";

    @Test
    void theSecondFailsClearlyOrWaitsByChoice() throws Exception {
        jenkins.pipeline("first", declarative(workload.step("shared", 200, "1.5", HOSTS, "fail: '20 s'")));
        jenkins.pipeline("impatient", declarative(workload.step("shared", 1, "0.2", HOSTS, "fail: '20 s'")));
        jenkins.pipeline("patient", declarative(workload.step("shared", 1, "0.2", PATIENT, "fail: '20 s'")));
        jenkins.pipeline("aborted", declarative(workload.step("shared", 1, "0.2", PATIENT, "fail: '20 s'")));

        jenkins.build("first");
        jenkins.awaitConsole("first", 1, "[1/");
        jenkins.build("patient");
        jenkins.build("aborted");
        jenkins.awaitConsole("patient", 1, "(waitForWorkload)");
        jenkins.awaitConsole("aborted", 1, "(waitForWorkload)");
        assertThat(jenkins.console("patient", 1)).contains("is leased to first #1 (");

        assertThat(jenkins.buildToTheEnd("impatient", 1))
                .contains("is leased to first #1 (")
                .doesNotContain("[1/")
                .endsWith("Finished: FAILURE\n");
        assertThat(jenkins.text("job/impatient/1/live-migration/")).contains("is leased to first #1 (");

        stop("aborted");
        assertThat(jenkins.end("aborted", 1)).doesNotContain("[1/").endsWith("Finished: ABORTED\n");
        assertThat(jenkins.console("first", 1)).as("is not disturbed").doesNotContain("Finished", "failed");
        assertThat(jenkins.console("patient", 1)).as("still waits").doesNotContain("[1/");

        stop("first");
        assertThat(jenkins.end("first", 1)).doesNotContain("failed").endsWith("Finished: ABORTED\n");
        assertThat(jenkins.end("patient", 1)).contains("2 of 2 moves succeeded").endsWith("Finished: SUCCESS\n");
        assertThat(workload.host("shared")).isEqualTo("host-a\n");
        assertThat(jenkins.complaints()).isEmpty();
    }

    private void stop(String job) {
        jenkins.post("job/" + job + "/1/stop", "text/plain", HttpRequest.BodyPublishers.noBody());
    }
}
