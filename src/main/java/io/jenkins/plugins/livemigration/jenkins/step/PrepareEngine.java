package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import jenkins.MasterToSlaveFileCallable;

/** Looks whether an engine is on the agent, and removes engines that nobody has used for a long time. */
final class PrepareEngine extends MasterToSlaveFileCallable<Boolean> {
    private static final long serialVersionUID = 1L;
    private static final Duration UNUSED = Duration.ofDays(30);

    private final String checksum;

    PrepareEngine(String checksum) {
        this.checksum = checksum;
    }

    /** Whether the file is there and whole. */
    @Override
    public Boolean invoke(File file, VirtualChannel channel) throws IOException {
        Path jar = file.toPath();
        Path parent = jar.getParent();
        if (parent == null) {
            return false;
        }
        Files.createDirectories(parent);
        try (DirectoryStream<Path> engines = Files.newDirectoryStream(parent)) {
            for (Path engine : engines) {
                if (!engine.equals(jar)
                        && Files.getLastModifiedTime(engine)
                                .toInstant()
                                .isBefore(Instant.now().minus(UNUSED))) {
                    Files.deleteIfExists(engine);
                }
            }
        }
        if (!Files.isRegularFile(jar)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(jar)) {
            if (!EngineJar.sha256(in).equals(checksum)) {
                return false;
            }
        }
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
        return true;
    }
}
