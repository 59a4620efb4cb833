package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import jenkins.MasterToSlaveFileCallable;

/** A short command of the engine on the agent, whose output is awaited. */
final class EngineTask extends MasterToSlaveFileCallable<String> {
    private static final long serialVersionUID = 1L;
    private static final int MOST_BYTES = 256 << 10;

    private final String jar;
    private final String[] arguments;
    private final byte[] input;
    private final int seconds;

    /**
     * A command.
     *
     * @param input for its standard input
     * @param seconds then it is ended
     */
    EngineTask(String jar, byte[] input, int seconds, String... arguments) {
        this.jar = jar;
        this.input = input.clone();
        this.seconds = seconds;
        this.arguments = arguments.clone();
    }

    @Override
    public String invoke(File folder, VirtualChannel channel) throws IOException, InterruptedException {
        Files.createDirectories(folder.toPath());
        Path output = Files.createTempFile(folder.toPath(), "task", ".log");
        try {
            Process process = new ProcessBuilder(EngineCommand.of(jar, arguments))
                    .directory(folder)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input);
            }
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroy();
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
            try (var in = Files.newInputStream(output)) {
                return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
