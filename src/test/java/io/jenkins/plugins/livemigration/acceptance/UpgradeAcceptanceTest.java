package io.jenkins.plugins.livemigration.acceptance;

import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.HOSTS;
import static io.jenkins.plugins.livemigration.acceptance.FileWorkload.declarative;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The plugin is replaced by another version of itself, with another engine, while an engine of the old one runs. */
class UpgradeAcceptanceTest extends ControllerTestBase {
    @Test
    void finishesTheRunOfTheOldEngineAndBeginsTheNextWithTheNewOne() throws Exception {
        jenkins.pipeline("upgraded", declarative(workload.step("upgraded", 4, "1.5", HOSTS, "fail: '20 s'")));
        jenkins.build("upgraded");
        jenkins.awaitConsole("upgraded", 1, "[2/");
        Set<String> old = engines();
        assertThat(old).hasSize(1);

        jenkins.killController();
        replaceEngine(jenkins.home().resolve("plugins/live-migration-benchmark.jpi"));
        jenkins.start();
        jenkins.awaitAgent();
        assertThat(jenkins.end("upgraded", 1))
                .contains("8 of 8 moves succeeded")
                .endsWith("Finished: SUCCESS\n");
        assertThat(engines()).as("nothing new was needed").isEqualTo(old);

        assertThat(jenkins.buildToTheEnd("upgraded", 2)).endsWith("Finished: SUCCESS\n");
        assertThat(engines()).containsAll(old).hasSize(2);
    }

    /** The engines that lie on the agent, by their checksums. */
    private Set<String> engines() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> jars = Files.list(jenkins.agentFolder().resolve("live-migration-benchmark/engine"))) {
            jars.map(jar -> String.valueOf(jar.getFileName()))
                    .filter(name -> name.endsWith(".jar"))
                    .forEach(names::add);
        }
        return names;
    }

    /** Another version's engine has other bytes. */
    private void replaceEngine(Path plugin) throws IOException {
        Path engine = folder.resolve("engine.jar");
        try (FileSystem archive = FileSystems.newFileSystem(plugin)) {
            Path packed = archive.getPath("WEB-INF/engine/engine.jar");
            Files.copy(packed, engine, StandardCopyOption.REPLACE_EXISTING);
            try (FileSystem jar = FileSystems.newFileSystem(engine)) {
                Files.writeString(jar.getPath("another-version"), "");
            }
            Files.copy(engine, packed, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
