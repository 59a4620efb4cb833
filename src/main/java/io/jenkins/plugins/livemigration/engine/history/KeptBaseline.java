package io.jenkins.plugins.livemigration.engine.history;

import io.jenkins.plugins.livemigration.engine.report.WholeFile;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import io.jenkins.plugins.livemigration.engine.verdict.regression.BaselineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code baseline.json} in a run's folder: what the run was compared with, so that it can be judged anew alike. */
public final class KeptBaseline {
    /** The file's name. */
    public static final String NAME = "baseline.json";

    private KeptBaseline() {}

    /**
     * The baseline that the run was compared with, if it was.
     *
     * @throws IOException if the file is there and is no baseline; the message names it and says why
     */
    public static Optional<Baseline> read(Path run) throws IOException {
        Path file = run.resolve(NAME);
        try {
            // UTF-8 takes up to four bytes a character.
            if (Files.size(file) > 4L * BaselineFile.MOST_CHARACTERS) {
                throw new IOException("too long");
            }
            return Optional.of(BaselineFile.parse(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new IOException(file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** Keeps a baseline in the run's folder, whole or not at all. */
    public static void write(Path run, Baseline baseline) throws IOException {
        WholeFile.write(run.resolve(NAME), BaselineFile.text(baseline) + "\n");
    }
}
