package io.jenkins.plugins.livemigration.jenkins.build;

import hudson.model.Run;
import io.jenkins.plugins.livemigration.engine.report.CsvReport;
import io.jenkins.plugins.livemigration.engine.report.HtmlReport;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.StaplerResponse2;

/** The page of one benchmark of a build. Made for a request; nothing of it is stored. */
public final class BenchmarkPage {
    private final transient Run<?, ?> run;
    private final transient StoredBenchmark stored;

    BenchmarkPage(Run<?, ?> run, StoredBenchmark stored) {
        this.run = run;
        this.stored = stored;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public StoredBenchmark getStored() {
        return stored;
    }

    Optional<JudgedResult> result() {
        return ResultStore.read(run, stored);
    }

    /** Whether there is a result to show. */
    public boolean isThere() {
        return Files.isRegularFile(ResultStore.file(run, stored));
    }

    /** The report in the reader's language, as the part of a page: the engine's own writer escapes every text in it. */
    public String getReport() {
        return result().map(judged -> new HtmlReport(LocaleProvider.getLocale()).fragment(judged))
                .orElse("");
    }

    /** The verdict as a word; a dash while there is none. */
    public String getVerdictText() {
        String verdict = stored.getVerdict();
        return verdict == null ? "–" : verdict;
    }

    /** The report's style sheet, for the part of the page that the report is. */
    public void doStyle(StaplerResponse2 response) throws IOException {
        response.setContentType("text/css;charset=UTF-8");
        response.setHeader("Cache-Control", "max-age=3600");
        response.getOutputStream()
                .write(ReportStyle.within(HtmlReport.stylesheet()).getBytes(StandardCharsets.UTF_8));
    }

    /** {@code result.json}: the whole result. */
    public void doResult(StaplerResponse2 response) throws IOException {
        Path file = ResultStore.file(run, stored);
        if (!Files.isRegularFile(file)) {
            response.sendError(404);
            return;
        }
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + ResultFile.NAME + "\"");
        Files.copy(file, response.getOutputStream());
    }

    /** {@code samples.csv}: the raw data as a table. */
    public void doCsv(StaplerResponse2 response) throws IOException {
        Optional<JudgedResult> judged = result();
        if (judged.isEmpty()) {
            response.sendError(404);
            return;
        }
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"samples.csv\"");
        response.getOutputStream()
                .write(new CsvReport().render(judged.get()).get(0).text().getBytes(StandardCharsets.UTF_8));
    }
}
