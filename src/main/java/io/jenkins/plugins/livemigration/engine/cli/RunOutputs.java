package io.jenkins.plugins.livemigration.engine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.report.Reports;
import io.jenkins.plugins.livemigration.engine.report.TerminalReport;
import io.jenkins.plugins.livemigration.engine.report.TerminalStyle;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a run leaves: every report in its folder, and a table or one JSON object on standard output. */
final class RunOutputs {
    private final Path folder;
    private final JudgedResult judged;
    private final ExitCode exit;

    RunOutputs(Path folder, JudgedResult judged) {
        this.folder = folder;
        this.judged = judged;
        this.exit = ExitCode.of(judged.result().end(), judged.verdict());
    }

    /** What the process shall end with. */
    ExitCode exit() {
        return exit;
    }

    /**
     * Writes every report into the folder, each whole or not at all.
     *
     * @return the report for people
     */
    Path write(Locale locale) throws IOException {
        return Reports.write(judged, folder, locale);
    }

    /** Prints the table, the verdict and where the report is. */
    void print(PrintWriter out, TerminalStyle style, Path report) {
        printTable(out, style);
        out.println();
        out.println(
                Message.of("cli.reportAt", report.toAbsolutePath().normalize()).render(style.language()));
        out.flush();
    }

    /** Prints the table and the verdict. */
    void printTable(PrintWriter out, TerminalStyle style) {
        out.print(new TerminalReport(style).text(judged));
        out.flush();
    }

    /** Prints one line of JSON for a machine. */
    void printJson(PrintWriter out, Path report) {
        printJson(out, Optional.of(report));
    }

    /** Prints one line of JSON for a machine, also if no report was written. */
    void printJson(PrintWriter out, Optional<Path> report) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("runId", judged.result().runId());
        json.put("name", judged.result().name());
        json.put("verdict", judged.verdict().status().name());
        json.put("sentence", judged.verdict().sentence().render(Locale.ENGLISH));
        json.put("end", judged.result().end().kind().name());
        json.put("exitCode", exit.number());
        json.put("folder", folder.toAbsolutePath().normalize().toString());
        report.ifPresent(
                file -> json.put("report", file.toAbsolutePath().normalize().toString()));
        judged.verdict().regression().ifPresent(regression -> {
            regression.builds().forEach(json.putArray("baseline")::add);
            regression.suspects().forEach(json.putArray("suspects")::add);
        });
        out.println(json);
        out.flush();
    }
}
