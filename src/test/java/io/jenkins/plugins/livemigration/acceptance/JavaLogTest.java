package io.jenkins.plugins.livemigration.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaLogTest {
    private static final String OURS = "io.jenkins.plugins.livemigration.jenkins.job.HistoryStore append";

    @TempDir
    Path folder;

    @Test
    void findsAWarningThatOursLogged() throws Exception {
        assertThat(complaints("2026-11-20T11:46:24 WARNING " + OURS + ": cannot be written\n"))
                .hasSize(1);
        assertThat(complaints("2026-11-20T11:46:24 INFO " + OURS + ": written anew\n"))
                .isEmpty();
    }

    @Test
    void findsOursInAStackTraceOfSomebodyElse() throws Exception {
        assertThat(complaints(
                        "2026-11-20T11:46:24 SEVERE hudson.Thing run: failed\njava.io.IOException: no\n\tat a.B(C)\n"
                                + "Caused by: x\n\tat " + OURS
                                + "(D)\n2026-11-20T11:46:25 INFO hudson.Thing run: went on\n"))
                .singleElement()
                .asString()
                .contains("failed")
                .doesNotContain("went on");
    }

    @Test
    void leavesOutWhatOthersWarnOf() throws Exception {
        assertThat(complaints(
                        "Running from: jenkins.war\n2026-11-20T11:46:24 WARNING hudson.Thing run: old\n\tat a.B(C)\n"
                                + "2026-11-20T11:46:25 INFO " + OURS + ": fine\n"))
                .isEmpty();
    }

    private List<String> complaints(String log) throws IOException {
        return new JavaLog(Files.writeString(folder.resolve("log"), log)).complaints();
    }
}
