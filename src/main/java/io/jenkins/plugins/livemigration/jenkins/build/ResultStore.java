package io.jenkins.plugins.livemigration.jenkins.build;

import hudson.model.Run;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The results in a build's folder: {@code live-migration-benchmark/NUMBER/result.json}. */
final class ResultStore {
    /** A result that an agent sends may be that long, and so may one that is read again. */
    static final long LONGEST_RESULT = 16L << 20;

    private static final String FOLDER = "live-migration-benchmark";
    private static final Logger LOGGER = Logger.getLogger(ResultStore.class.getName());

    private ResultStore() {}

    static Path folder(Run<?, ?> run, StoredBenchmark stored) {
        return run.getRootDir().toPath().resolve(FOLDER).resolve(stored.getFolder());
    }

    static Path file(Run<?, ?> run, StoredBenchmark stored) {
        return folder(run, stored).resolve(ResultFile.NAME);
    }

    /** The result; empty if there is none, or none that this version can read, which the log says. */
    static Optional<JudgedResult> read(Run<?, ?> run, StoredBenchmark stored) {
        Path file = file(run, stored);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ResultFile.read(file, LONGEST_RESULT));
        } catch (IOException unreadable) {
            LOGGER.log(Level.WARNING, unreadable, () -> "Cannot read " + file);
            return Optional.empty();
        }
    }
}
