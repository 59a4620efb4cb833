package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import jenkins.MasterToSlaveFileCallable;

/**
 * Starts the engine on the agent, in the run's folder, as a process that outlives the agent and the build's end: in a
 * session of its own, and without the environment variables by which Jenkins finds and ends a build's processes. Asked
 * again for the same folder it starts nothing, and says which process was started.
 */
final class LaunchEngine extends MasterToSlaveFileCallable<EngineIdentity> {
    private static final long serialVersionUID = 1L;
    private static final Set<String> COOKIES =
            Set.of("JENKINS_NODE_COOKIE", "JENKINS_SERVER_COOKIE", "HUDSON_COOKIE", "HUDSON_SERVER_COOKIE", "BUILD_ID");

    private final String jar;
    private final String lease;
    private final String language;
    private final byte[] input;

    /**
     * A start.
     *
     * @param jar the engine, on the agent
     * @param lease how long the engine goes on without a heartbeat
     * @param input plan and secrets
     */
    LaunchEngine(String jar, String lease, String language, byte[] input) {
        this.jar = jar;
        this.lease = lease;
        this.language = language;
        this.input = input.clone();
    }

    @Override
    public EngineIdentity invoke(File file, VirtualChannel channel) throws IOException {
        Path folder = file.toPath();
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Path written = folder.resolve(EngineFiles.IDENTITY);
        if (Files.exists(written)) {
            return EngineIdentity.parse(Files.readString(written))
                    .orElseThrow(() -> new IOException(written + " is damaged"));
        }
        ProcessBuilder builder = new ProcessBuilder(EngineCommand.of(
                        jar,
                        "run",
                        "--stdin",
                        "--folder",
                        folder.toString(),
                        "--lease",
                        lease,
                        "--lang",
                        language,
                        "--json"))
                .directory(file)
                .redirectOutput(folder.resolve(EngineFiles.OUTCOME).toFile())
                .redirectError(folder.resolve(EngineFiles.PROGRESS).toFile());
        builder.environment().keySet().removeAll(COOKIES);
        Process process = builder.start();
        Optional<EngineIdentity> identity = EngineIdentity.of(process.pid());
        if (identity.isEmpty()) {
            throw new IOException("The engine ended at once: "
                    + Files.readString(folder.resolve(EngineFiles.PROGRESS), StandardCharsets.UTF_8));
        }
        Path draft = folder.resolve(EngineFiles.IDENTITY + ".new");
        Files.writeString(draft, identity.get().line());
        Files.move(draft, written, StandardCopyOption.ATOMIC_MOVE);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input);
        }
        return identity.get();
    }
}
