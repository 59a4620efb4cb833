package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One form in which a result is shown: a pure function of it. */
public interface Report {

    /** The files that this form consists of; the first is the one to open. */
    List<File> render(JudgedResult judged);

    /**
     * A file of a report.
     *
     * @param name relative to the report's folder
     */
    record File(String name, String text) {}

    /** Writes the files into a folder, each whole or not at all, and returns the one to open. */
    default Path write(JudgedResult judged, Path folder) throws IOException {
        List<File> files = render(judged);
        // The one to open comes last: who finds it finds what it refers to.
        for (int i = files.size() - 1; i >= 0; i--) {
            WholeFile.write(folder.resolve(files.get(i).name()), files.get(i).text());
        }
        return folder.resolve(files.get(0).name());
    }
}
