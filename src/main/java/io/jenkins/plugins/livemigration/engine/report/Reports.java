package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The forms that are written into a run's folder. */
public final class Reports {
    private Reports() {}

    /**
     * Writes every form into a folder, each file whole or not at all; the result comes first, so that the others can be
     * made again from it.
     *
     * @param language of the page; the other files are the same in every language
     * @return the page for people
     */
    public static Path write(JudgedResult judged, Path folder, Locale language) throws IOException {
        for (Report report : List.of(new JsonReport(), new CsvReport(), new JunitReport(), new PrometheusReport())) {
            report.write(judged, folder);
        }
        for (Report.File file : new CalibrationReport().render(judged)) {
            WholeFile.write(folder.resolve(file.name()), file.text());
        }
        return new HtmlReport(language).write(judged, folder);
    }
}
