package io.jenkins.plugins.livemigration.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs on the agent, without an agent. */
class AgentSideTest {
    @TempDir
    Path folder;

    @Test
    void knowsAProcessFromAnotherThatGotItsNumber() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        try {
            EngineIdentity identity = EngineIdentity.of(process.pid()).orElseThrow();
            assertThat(identity.alive()).isTrue();
            assertThat(EngineIdentity.parse(identity.line()).orElseThrow().alive())
                    .isTrue();
            String later = identity.line().replaceFirst(" ([0-9]+) ", " 1$1 ");
            assertThat(EngineIdentity.parse(later).orElseThrow().alive()).isFalse();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void takesNoDamagedIdentity() {
        assertThat(EngineIdentity.parse("12 x")).isEmpty();
        assertThat(EngineIdentity.parse("12 x y")).isEmpty();
        assertThat(EngineIdentity.of(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void readsFilesInsideOfTheFolderOnly() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.writeString(folder.resolve("secret"), "secret");
        Files.writeString(inside.resolve("plan.yaml"), "name: x");
        Files.createSymbolicLink(inside.resolve("link"), folder.resolve("secret"));
        Files.createSymbolicLink(inside.resolve("folder"), folder);

        assertThat(read(inside, "plan.yaml", 100)).isEqualTo("name: x");
        for (String way : new String[] {"../secret", "link", "folder/secret", "x/../../secret", "", "absent"}) {
            assertThatThrownBy(() -> read(inside, way, 100)).as(way).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> read(inside, folder.resolve("secret").toString(), 100))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(inside, "plan.yaml", 6)).hasMessageContaining("longer than 6 bytes");
    }

    @Test
    void followsAnEngineToItsLastWord() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        EngineIdentity identity = EngineIdentity.of(process.pid()).orElseThrow();
        Path progress = folder.resolve(EngineFiles.PROGRESS);
        Path heartbeat = Files.createFile(folder.resolve(EngineFiles.HEARTBEAT));
        Files.setLastModifiedTime(heartbeat, FileTime.fromMillis(0));
        Files.writeString(progress, "one\ntw");

        FollowEngine.News first = new FollowEngine(identity, 0).invoke(folder.toFile(), null);
        assertThat(first.alive()).isTrue();
        assertThat(ProgressText.wholeLines(first.text(), false)).isEqualTo(4);
        assertThat(Files.getLastModifiedTime(heartbeat).toMillis()).isPositive();

        Files.writeString(progress, "one\ntwo");
        process.getOutputStream().close();
        process.waitFor();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !identity.alive());
        FollowEngine.News last = new FollowEngine(identity, 4).invoke(folder.toFile(), null);
        assertThat(last.alive()).isFalse();
        assertThat(last.more()).isFalse();
        assertThat(ProgressText.text(last.text(), last.text().length)).isEqualTo("two");
    }

    @Test
    void stopsNobodyElse() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        try {
            EngineIdentity identity = EngineIdentity.of(process.pid()).orElseThrow();
            EngineIdentity other = EngineIdentity.parse(identity.line() + "x").orElseThrow();
            assertThat(new StopEngine(other).invoke(folder.toFile(), null)).isFalse();
            assertThat(process.isAlive()).isTrue();
            assertThat(new StopEngine(identity).invoke(folder.toFile(), null)).isTrue();
            process.waitFor();
        } finally {
            process.destroy();
        }
    }

    @Test
    void removesOldRunsButNotThoseOfEnginesThatRun() throws Exception {
        Path old = run("old", Optional.empty());
        Path running = run("running", EngineIdentity.of(ProcessHandle.current().pid()));
        Path fresh = Files.createDirectory(folder.resolve("fresh"));

        assertThat(new RemoveRuns().invoke(folder.toFile(), null)).isEqualTo(1);
        assertThat(running).exists();
        assertThat(fresh).exists();
        // What deletes is Jenkins' own, of which tests have the signature alone: the count says that it was called.
        assertThat(old).exists();
    }

    @Test
    void installsAnEngineOnlyIfItIsWhole() throws Exception {
        Path jar = folder.resolve("engine").resolve("x.jar");
        String checksum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        assertThat(new PrepareEngine(checksum).invoke(jar.toFile(), null)).isFalse();
        Files.writeString(jar, "hell");
        assertThat(new PrepareEngine(checksum).invoke(jar.toFile(), null)).isFalse();
        Files.writeString(jar, "hello");
        assertThat(new PrepareEngine(checksum).invoke(jar.toFile(), null)).isTrue();
    }

    private Path run(String name, Optional<EngineIdentity> engine) throws IOException {
        Path run = Files.createDirectory(folder.resolve(name));
        if (engine.isPresent()) {
            Files.writeString(run.resolve(EngineFiles.IDENTITY), engine.get().line());
        }
        Files.setLastModifiedTime(run, FileTime.fromMillis(0));
        return run;
    }

    private static String read(Path root, String path, int limit) throws IOException {
        return new String(new ReadFile(path, limit).invoke(root.toFile(), null), StandardCharsets.UTF_8);
    }
}
