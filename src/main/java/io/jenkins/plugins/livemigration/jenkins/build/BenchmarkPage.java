package io.jenkins.plugins.livemigration.jenkins.build;

import hudson.model.Run;
import io.jenkins.plugins.livemigration.engine.report.CsvReport;
import io.jenkins.plugins.livemigration.engine.report.HtmlReport;
import io.jenkins.plugins.livemigration.engine.report.Names;
import io.jenkins.plugins.livemigration.engine.report.ResultFile;
import io.jenkins.plugins.livemigration.engine.result.Sample;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.jenkins.job.History;
import io.jenkins.plugins.livemigration.jenkins.job.HistoryEntry;
import io.jenkins.plugins.livemigration.jenkins.job.Verdicts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.StaplerResponse2;

/** The page of one benchmark of a build. Made for a request; nothing of it is stored. */
public final class BenchmarkPage {
    private static final Logger LOGGER = Logger.getLogger(BenchmarkPage.class.getName());

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

    /** The result as it was judged when the benchmark ended. */
    Optional<JudgedResult> result() {
        return ResultStore.read(run, stored);
    }

    /** The result as it is judged now. */
    Optional<JudgedResult> resultNow() {
        Optional<JudgedResult> then = result();
        try {
            Verdicts verdicts = new Verdicts(run.getParent());
            return then.isPresent() && verdicts.isJudgedAnew(run.getNumber(), stored.getName())
                    ? Optional.of(verdicts.now(ResultStore.folder(run, stored), then.get()))
                    : then;
        } catch (IOException unreadable) {
            LOGGER.log(Level.WARNING, unreadable, () -> "Shown as it was judged: " + stored.getName() + " of " + run);
            return then;
        }
    }

    /** Whether the verdict is another one than when the benchmark ended, or says so for another reason. */
    public boolean isJudgedAnew() throws IOException {
        return new Verdicts(run.getParent()).isJudgedAnew(run.getNumber(), stored.getName());
    }

    /** What people decide here. */
    public BenchmarkDecisions getDecisions() {
        return new BenchmarkDecisions(run, stored.getName(), result());
    }

    /** What is different about the hosts since the run before it; empty if nothing is, or there was none. */
    public List<String> getChanges() throws IOException {
        return History.of(run.getParent())
                .run(run.getNumber(), stored.getName())
                .map(HistoryEntry::changes)
                .orElse(List.of());
    }

    /** The migrations that can be looked at one by one, by their place in the order of execution. */
    public List<Integer> getMigrations() {
        return result().stream()
                .flatMap(judged -> judged.result().samples().stream())
                .filter(sample -> !sample.phases().isEmpty() || !sample.probes().isEmpty())
                .map(Sample::order)
                .toList();
    }

    /** The timeline of one migration, by the engine's own writer; empty if none was chosen. */
    public String timeline(@Nullable String chosen) {
        if (chosen == null || !chosen.matches("[0-9]{1,6}")) {
            return "";
        }
        return result().map(
                        judged -> new HtmlReport(LocaleProvider.getLocale()).timeline(judged, Integer.parseInt(chosen)))
                .orElse("");
    }

    /** Whether there is a result to show. */
    public boolean isThere() {
        return Files.isRegularFile(ResultStore.file(run, stored));
    }

    /** The report in the reader's language, as the part of a page: the engine's own writer escapes every text in it. */
    public String getReport() {
        return resultNow()
                .map(judged -> new HtmlReport(LocaleProvider.getLocale()).fragment(judged))
                .orElse("");
    }

    /** The verdict as a word, as it is now; a dash while there is none. */
    public String getVerdictText() throws IOException {
        String then = stored.getVerdict();
        if (then == null) {
            return "–";
        }
        return isJudgedAnew()
                ? resultNow().map(judged -> judged.verdict().status().name()).orElse(then)
                : then;
    }

    /** The same with its sign, which needs no colour. */
    public String getSignedVerdict() throws IOException {
        return stored.getVerdict() == null ? "–" : Names.sign(getVerdictText()) + " " + getVerdictText();
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
