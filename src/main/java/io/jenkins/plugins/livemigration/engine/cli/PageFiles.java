package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.report.Report;
import io.jenkins.plugins.livemigration.engine.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a page beside which no result is kept. */
final class PageFiles {
    private PageFiles() {}

    /** Writes the files into a folder, which is made if need be. Returns the one to open, which is the first. */
    static Path write(List<Report.File> files, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Report.File file : files) {
            WholeFile.write(folder.resolve(file.name()), file.text());
        }
        return folder.resolve(files.get(0).name());
    }
}
