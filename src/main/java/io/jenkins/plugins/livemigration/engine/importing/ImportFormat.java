package io.jenkins.plugins.livemigration.engine.importing;

import io.jenkins.plugins.livemigration.engine.plan.CategoryEdges;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A format of somebody else's measurements. */
public interface ImportFormat {

    /** The name for {@code lmb import --format}. */
    String name();

    /** Which of these files make a run together, and in which order: each alone, unless the format says otherwise. */
    default List<List<Path>> runs(List<Path> files) {
        return files.stream().map(List::of).toList();
    }

    /** The categories that label its figures, by metric id. */
    default Map<String, CategoryEdges> categories() {
        return Map.of();
    }

    /**
     * Reads one run. Nothing is invented: what the files do not say is left out of the run.
     *
     * @param files one of the lists that {@link #runs} makes
     * @param maxBytes a longer file is not read
     * @throws MalformedImportException if a file is not of this format; names what is wrong where
     * @throws IOException if a file cannot be read at all
     */
    RunResult read(List<Path> files, long maxBytes) throws IOException;

    /** Reads one file as one run. */
    default RunResult read(Path file, long maxBytes) throws IOException {
        return read(List.of(file), maxBytes);
    }

    /** All formats. */
    static List<ImportFormat> all() {
        return List.of(new PodmanCriuCsv(), new ProxmoxTaskLogs());
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
