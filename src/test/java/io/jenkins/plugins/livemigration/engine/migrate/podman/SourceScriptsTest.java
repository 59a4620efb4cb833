package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source's judgement of what was sent, on the files that it goes by. */
class SourceScriptsTest {
    @TempDir
    Path staging;

    @Test
    void isContentWithACheckpointThatEndedAndWasSent() throws Exception {
        file("web.status", "0\n");
        file("web.sent", "0\n");
        assertThat(complaints("web")).isEmpty();
    }

    @Test
    void goesByTheWholeArchiveWhilePodmanStillTidiesUp() throws Exception {
        file("web.ended", "");
        file("web.sent", "0\n");
        assertThat(complaints("web")).isEmpty();
    }

    /** A shell makes the file first and writes the status afterwards. */
    @Test
    void goesByTheWholeArchiveWhileTheStatusIsBeingWritten() throws Exception {
        file("web.status", "");
        file("web.ended", "");
        file("web.sent", "0\n");
        assertThat(complaints("web")).isEmpty();
    }

    @Test
    void saysWhatPodmanComplainedOf() throws Exception {
        file("web.status", "125\n");
        file("web.complaint", "first\nError: CRIU failed\n");
        file("web.sent", "0\n");
        assertThat(complaints("web")).containsExactly("web: Error: CRIU failed");
    }

    @Test
    void saysTheStatusOfWhatEndedWithoutAWord() throws Exception {
        file("web.status", "137\n");
        file("web.complaint", "");
        file("web.sent", "255\n");
        file("web.filtering", "");
        file("web.sending", "");
        assertThat(complaints("web")).containsExactly("web: ended with status 137", "web: ended with status 255");
    }

    @Test
    void isNotContentWithAnArchiveThatIsNotWhole() throws Exception {
        file("web.sent", "0\n");
        file("web.sending", "");
        assertThat(complaints("web")).containsExactly("web: has not ended");
    }

    @Test
    void looksAtEveryContainer() throws Exception {
        file("web.ended", "");
        file("web.sent", "0\n");
        file("data base.ended", "");
        file("data base.sent", "1\n");
        file("data base.sending", "No space left on device\n");
        assertThat(complaints("web", "data base")).containsExactly("data base: No space left on device");
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(staging.resolve(name), text);
    }

    private List<String> complaints(String... containers) throws Exception {
        String script = "complain() { echo \"$1\"; }\n" + SourceScripts.judge(List.of(containers));
        Process shell = new ProcessBuilder("sh", "-c", script)
                .directory(staging.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return said.lines().toList();
    }
}
