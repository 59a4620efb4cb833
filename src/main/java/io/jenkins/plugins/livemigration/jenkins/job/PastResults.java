package io.jenkins.plugins.livemigration.jenkins.job;

import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.LeanResult;
import io.jenkins.plugins.livemigration.engine.verdict.regression.PastBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads the results that a job's history names, reduced to what a comparison needs. */
final class PastResults {
    private static final Logger LOGGER = Logger.getLogger(PastResults.class.getName());
    private static final long LONGEST_RESULT = 16L << 20;

    private final HistoryStore history;
    private final BuildFolders builds;
    private final String prefix;

    /**
     * A reader.
     *
     * @param prefix stands before the builds' numbers where they are called by name
     */
    PastResults(HistoryStore history, Path builds, String prefix) {
        this.history = history;
        this.builds = new BuildFolders(builds);
        this.prefix = prefix;
    }

    /**
     * The newest runs of a benchmark, oldest first; one at a time is read in full.
     *
     * @param before only builds with a lower number
     * @param wanted so many at most
     */
    List<PastBuild> newest(String benchmark, int before, int wanted) throws IOException {
        List<PastBuild> past = new ArrayList<>();
        List<HistoryEntry> runs = history.isThere() ? history.runs() : List.of();
        for (int i = runs.size() - 1; i >= 0 && past.size() < wanted; i--) {
            HistoryEntry run = runs.get(i);
            if (run.name().equals(benchmark) && run.build() < before) {
                past.add(read(run));
            }
        }
        Collections.reverse(past);
        return past;
    }

    private PastBuild read(HistoryEntry run) throws IOException {
        String label = label(run.build());
        if (run.status().equals(HistoryEntry.WITHOUT_RESULT)) {
            return new PastBuild(label, PastBuild.State.FINISHED, Optional.empty());
        }
        return result(run)
                .map(judged -> PastBuild.finished(label, LeanResult.of(judged)))
                .orElseGet(() -> new PastBuild(label, PastBuild.State.FINISHED, Optional.empty()));
    }

    /** How a build is called in sentences. */
    String label(int build) {
        return prefix + "#" + build;
    }

    /** The result of a run in full; empty if it is not there, or cannot be read, which the log says. */
    Optional<JudgedResult> result(HistoryEntry run) throws IOException {
        return found(run).map(Found::judged);
    }

    /** The folder of a run's result, with the result in full. */
    Optional<Found> found(HistoryEntry run) throws IOException {
        List<Path> files = run.folder().isEmpty()
                ? builds.results(run.build())
                : List.of(builds.result(run.build(), run.folder()));
        for (int i = files.size() - 1; i >= 0; i--) {
            Path file = files.get(i);
            try {
                JudgedResult judged = ResultFile.read(file, LONGEST_RESULT);
                if (judged.result().name().equals(run.name())) {
                    return Optional.of(new Found(file, judged));
                }
            } catch (IOException unreadable) {
                LOGGER.log(Level.WARNING, unreadable, () -> "Not in a baseline: " + file);
            }
        }
        return Optional.empty();
    }

    /** A result and where it is. */
    static final class Found {
        private final Path file;
        private final transient JudgedResult judged;

        Found(Path file, JudgedResult judged) {
            this.file = file;
            this.judged = judged;
        }

        JudgedResult judged() {
            return judged;
        }

        /** Where the baseline lies, too. */
        Path folder() {
            return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
        }
    }
}
