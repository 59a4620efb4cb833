package io.jenkins.plugins.livemigration.engine.report;

import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The forms that are written into a run's folder. */
public final class Reports {
    private Reports() {}

    /**
     * All forms by the names under which a command line offers them, the one that people open first.
     *
     * @param language of the page; the other files are the same in every language
     */
    public static Map<String, Report> all(Locale language) {
        Map<String, Report> reports = new LinkedHashMap<>();
        reports.put("html", new HtmlReport(language));
        reports.put("json", new JsonReport());
        reports.put("csv", new CsvReport());
        reports.put("junit", new JunitReport());
        reports.put("prometheus", new PrometheusReport());
        return Collections.unmodifiableMap(reports);
    }

    /** Writes every form into a folder; returns the file to open of each, by name. */
    public static Map<String, Path> write(JudgedResult judged, Path folder, Locale language) throws IOException {
        Map<String, Path> written = new LinkedHashMap<>();
        for (Map.Entry<String, Report> report : all(language).entrySet()) {
            written.put(report.getKey(), report.getValue().write(judged, folder));
        }
        return written;
    }
}
