package io.jenkins.plugins.livemigration.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged engine as a process of its own, started with the options of {@code ./lmb}. */
final class EngineProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path log;

    private EngineProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it; what it prints on either stream goes to one file in {@code folder}, where it also works. */
    static EngineProcess start(Path folder, String... arguments) throws IOException {
        Path jar = Path.of(System.getProperty("lmb.engineJar", "target/no-engine.jar"));
        assertThat(jar).as("the packaged engine: mvn -DskipTests package").exists();
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-Xms32m",
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dfile.encoding=UTF-8",
                "-Dlmb.home=" + System.getProperty("lmb.home", "."),
                "-jar",
                jar.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "engine-" + arguments[0] + "-", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        return new EngineProcess(process, log);
    }

    /** Runs it to its end. */
    static Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
        try (EngineProcess engine = start(folder, arguments)) {
            return engine.await();
        }
    }

    /** How it ended, and all that it printed. */
    record Ended(int exitCode, String output) {}

    /** Waits for its end. */
    Ended await() throws IOException, InterruptedException {
        return await(PATIENCE);
    }

    /** Waits so long for its end. */
    Ended await(Duration patience) throws IOException, InterruptedException {
        assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within %s; so far: %s", patience, output())
                .isTrue();
        return new Ended(process.exitValue(), output());
    }

    /** What it printed so far. */
    String output() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Sends what Ctrl-C sends. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
