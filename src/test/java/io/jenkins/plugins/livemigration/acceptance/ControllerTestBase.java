package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A controller with its agent for all tests of a class; at the end its log has no complaint that names our code. */
@Tag("acceptance")
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ControllerTestBase {
    static final Path SCREENSHOTS = Path.of("target", "acceptance");

    Path folder;
    FileWorkload workload;
    RealJenkins jenkins;
    private boolean started;

    @BeforeAll
    void aControllerWithAnAgent(@TempDir Path temporary) throws Exception {
        folder = temporary;
        workload = new FileWorkload(folder);
        jenkins = RealJenkins.in(folder);
        prepare();
        jenkins.start();
        jenkins.connectAgent();
        started = true;
    }

    /** What the controller finds in its home when it starts. */
    void prepare() throws Exception {}

    /** Skips the class, loudly, where the controller's plugins lack one. */
    static void needs(String plugin, String lost) throws IOException {
        assumeTrue(
                RealJenkins.plugins().stream()
                        .anyMatch(file -> String.valueOf(file.getFileName()).startsWith(plugin + ".")),
                "NO " + plugin + " among the controller's plugins: " + lost);
    }

    @AfterAll
    void end() throws Exception {
        if (jenkins != null) {
            jenkins.close();
        }
        if (started) {
            assertThat(jenkins.complaints()).isEmpty();
        }
    }
}
