package io.jenkins.plugins.livemigration.engine.importing;

import io.jenkins.plugins.livemigration.engine.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A format of somebody else's measurements. */
public interface ImportFormat {

    /** The name for {@code lmb import --format}. */
    String name();

    /**
     * Reads one file as one run. Nothing is invented: what the file does not say is left out of the run.
     *
     * @param maxBytes a longer file is not read
     * @throws MalformedImportException if the file is not of this format; names the line
     * @throws IOException if it cannot be read at all
     */
    RunResult read(Path file, long maxBytes) throws IOException;

    /** All formats. */
    static List<ImportFormat> all() {
        return List.of(new PodmanCriuCsv());
    }

    /** The format of that name, if there is one. */
    static Optional<ImportFormat> find(String name) {
        return all().stream().filter(format -> format.name().equals(name)).findFirst();
    }

    /** A file that is not of the format it was read as. */
    final class MalformedImportException extends IOException {
        MalformedImportException(String message) {
            super(message);
        }
    }
}
