package io.jenkins.plugins.livemigration.jenkins.step;

import hudson.Util;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/** Removes folders of runs on the agent that ended long ago. Those of engines that still run stay. */
final class RemoveRuns extends MasterToSlaveFileCallable<Integer> {
    private static final long serialVersionUID = 1L;
    private static final Duration KEPT = Duration.ofDays(14);

    /** How many were removed. */
    @Override
    public Integer invoke(File runs, VirtualChannel channel) throws IOException {
        int removed = 0;
        if (!runs.isDirectory()) {
            return removed;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs.toPath())) {
            for (Path folder : folders) {
                if (isOver(folder)) {
                    Util.deleteRecursive(folder.toFile());
                    removed++;
                }
            }
        }
        return removed;
    }

    private static boolean isOver(Path folder) throws IOException {
        Instant limit = Instant.now().minus(KEPT);
        if (Files.getLastModifiedTime(folder).toInstant().isAfter(limit)) {
            return false;
        }
        Path written = folder.resolve(EngineFiles.IDENTITY);
        Optional<EngineIdentity> engine =
                Files.exists(written) ? EngineIdentity.parse(Files.readString(written)) : Optional.empty();
        return engine.filter(EngineIdentity::alive).isEmpty();
    }
}
