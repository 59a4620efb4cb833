package io.jenkins.plugins.livemigration.acceptance;

import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.HOSTS;
import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.declarative;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine on which agent and engine run, and which is booted in the middle of a run: everything on it ends at once. */
@Tag("acceptance")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebootAcceptanceTest {
    private FileWorkload workload;
    private AgentMachine machine;
    private RealJenkins jenkins;

    @BeforeAll
    void aControllerWithAnAgent(@TempDir Path temporary) throws Exception {
        workload = new FileWorkload(temporary);
        machine = new AgentMachine(temporary);
        jenkins = RealJenkins.in(temporary);
        jenkins.start();
        jenkins.connectAgent(machine::boot);
    }

    @AfterAll
    void end() {
        if (jenkins != null) {
            jenkins.close();
        }
    }

    @Test
    void publishesWhatThereIsAndRecoversTheWorkload() throws Exception {
        jenkins.pipeline("reboot", declarative(workload.step("reboot", 8, "1.5", HOSTS, "fail: '20 s'")));
        jenkins.build("reboot");
        jenkins.awaitConsole("reboot", 1, "[3/");
        crash();
        jenkins.awaitConsole("reboot", 1, "is away");
        jenkins.connectAgent(machine::boot);
        jenkins.end("reboot", 1);
        assertThatItWasPublishedAndRecovered("reboot");

        assertThat(jenkins.buildToTheEnd("reboot", 2))
                .as("nothing of the dead run stands in the way")
                .contains("16 of 16 moves succeeded")
                .endsWith("Finished: SUCCESS\n");
    }

    @Test
    void doesSoWhenTheControllerWasRestartedMeanwhile() throws Exception {
        jenkins.pipeline("both", declarative(workload.step("both", 8, "1.5", HOSTS, "fail: '20 s'")));
        jenkins.build("both");
        jenkins.awaitConsole("both", 1, "[2/");
        jenkins.killController();
        crash();
        jenkins.start();
        jenkins.connectAgent(machine::boot);
        jenkins.end("both", 1);
        assertThatItWasPublishedAndRecovered("both");
        assertThat(jenkins.complaints()).isEmpty();
    }

    private void crash() throws InterruptedException {
        assertThat(workload.engines()).isEqualTo(1);
        jenkins.killAgent();
        Awaitility.await("everything on the machine has ended")
                .atMost(Duration.ofSeconds(10))
                .until(() -> workload.engines() == 0);
    }

    private void assertThatItWasPublishedAndRecovered(String job) throws Exception {
        assertThat(jenkins.console(job, 1))
                .containsSubsequence(
                        "The agent lab-agent was booted anew while the engine ran",
                        "Recovering the workload:",
                        "it runs on host-",
                        "Evaluating what it had measured:",
                        "INCONCLUSIVE: The run ended early")
                .endsWith("Finished: SUCCESS\n");
        assertThat(jenkins.console(job, 1).contains("it was on host-a; it was not moved back"))
                .as("what is said agrees with where it is")
                .isEqualTo(workload.host(job).equals("host-b\n"));
        assertThat(jenkins.text("job/" + job + "/1/live-migration/api/json"))
                .contains("\"verdict\":\"INCONCLUSIVE\"")
                .containsPattern("\"metric\":\"migrationTime.platform\",\"n\":[2-9]");
        assertThat(jenkins.text("job/" + job + "/1/testReport/api/json"))
                .contains("\"failCount\":0")
                .contains("The run ended early");
    }
}
