package io.jenkins.plugins.livemigration.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionFileTest {
    private static final int EACH = 40;

    @TempDir
    private Path folder;

    @Test
    void losesNoDecisionOfTwoProcessesThatDecideAtOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        try {
            for (String name : List.of("ann", "bob")) {
                processes.add(new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DecidingProcess.class.getName(),
                                folder.toString(),
                                name,
                                Integer.toString(EACH))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
            }
            for (Process process : processes) {
                BufferedReader said =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                assertThat(said.readLine()).isEqualTo("ready");
            }
            for (Process process : processes) {
                process.getOutputStream().write('\n');
                process.getOutputStream().close();
            }
            for (Process process : processes) {
                assertThat(process.waitFor()).isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        assertThat(DecisionFile.read(folder).muted()).hasSize(2 * EACH);
    }

    @Test
    void losesNoDecisionOfTwoThreadsThatDecideAtOnce() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("ann", "bob")) {
            threads.add(new Thread(() -> {
                try {
                    DecidingProcess.decide(folder, name, EACH);
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(DecisionFile.read(folder).muted()).hasSize(2 * EACH);
    }

    @Test
    void changesNothingIfTheChangeIsRefused() throws Exception {
        DecidingProcess.decide(folder, "ann", 1);

        assertThatThrownBy(() -> DecisionFile.change(folder, decisions -> {
                    throw new IllegalStateException("too many");
                }))
                .hasMessage("too many");

        assertThat(DecisionFile.read(folder).muted()).hasSize(1);
        DecidingProcess.decide(folder, "bob", 1);
        assertThat(DecisionFile.read(folder).muted()).as("the lock was let go").hasSize(2);
    }

    @Test
    void makesTheFolderOfTheFirstDecision() throws Exception {
        Path runs = folder.resolve("runs");

        DecidingProcess.decide(runs, "ann", 1);

        assertThat(Files.exists(runs.resolve(DecisionFile.NAME))).isTrue();
    }
}
