package io.jenkins.plugins.livemigration.acceptance;

import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.HOSTS;
import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.declarative;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A build that is aborted while its agent is away, after the controller was started anew. */
class AbortAwayAcceptanceTest extends ControllerTestBase {
    /** The block of {@code node} itself waits for its agent before the build ends: nothing of the step's. */
    @Test
    void acknowledgesTheAbortAndEndsByItsLeaseWithTheWorkloadAtHome() throws Exception {
        jenkins.pipeline(
                "away",
                declarative(workload.step("away", 20, "1.5", HOSTS + ", abandonAfter: '30 s'", "fail: '20 s'")));
        jenkins.build("away");
        jenkins.awaitConsole("away", 1, "[1/");
        jenkins.killController();
        jenkins.killAgent();
        jenkins.start();
        jenkins.awaitConsole("away", 1, "Resuming build");
        jenkins.post("job/away/1/stop", "text/plain", HttpRequest.BodyPublishers.noBody());
        Awaitility.await("the abort is acknowledged")
                .atMost(Duration.ofSeconds(2))
                .until(() -> jenkins.console("away", 1).contains("The agent is away"));

        jenkins.connectAgent();
        assertThat(jenkins.end("away", 1)).endsWith("Finished: ABORTED\n");
        Awaitility.await("the engine has ended by its lease")
                .atMost(Duration.ofSeconds(90))
                .until(() -> workload.engines() == 0);
        assertThat(workload.host("away")).isEqualTo("host-a\n");
        assertThat(jenkins.complaints()).isEmpty();
    }
}
