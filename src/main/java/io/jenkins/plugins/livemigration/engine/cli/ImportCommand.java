package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.RunFolder;
import io.jenkins.plugins.livemigration.engine.importing.ImportFormat;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Judge;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lmb import}: turns somebody else's measurements into results with reports. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Turns somebody else's measurements into a result with every report, one folder for each run.")
final class ImportCommand implements Callable<Integer> {
    private static final long MOST_BYTES = 64L << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--format",
            required = true,
            completionCandidates = FormatNames.class,
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private String format = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where the folders are made (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("runs");

    @Option(names = "--json", description = "Prints one JSON object a file instead of the tables.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files.")
    private List<Path> files = new ArrayList<>();

    /** The names of the formats, for help and completion. */
    static final class FormatNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ImportFormat.all().stream().map(ImportFormat::name).iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        ImportFormat reader = ImportFormat.find(format)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "Unknown format '" + format + "'; right would be one of: "
                                + String.join(", ", new FormatNames())));
        for (List<Path> run : reader.runs(files)) {
            String shown = run.size() == 1 ? run.get(0).toString() : run.get(0) + ", ...";
            RunResult result;
            try {
                result = reader.read(run, MOST_BYTES);
            } catch (IOException unreadable) {
                spec.commandLine()
                        .getErr()
                        .println(Message.of("cli.importFailed", shown, String.valueOf(unreadable.getMessage()))
                                .render(locale));
                return ExitCode.BAD_PLAN.number();
            }
            JudgedResult judged = new JudgedResult(
                    JudgedResult.FORMAT_VERSION, result, new Judge(reader.categories(), List.of()).judge(result));
            RunFolder folder = RunFolder.create(output, result.name());
            RunOutputs outputs = new RunOutputs(folder.path(), judged);
            Path report = outputs.write(locale);
            if (json) {
                outputs.printJson(out, report);
            } else {
                outputs.print(out, Terminals.style(locale), report);
                out.println(Message.of("cli.imported", result.samples().size(), shown)
                        .render(locale));
            }
        }
        out.flush();
        return ExitCode.OK.number();
    }
}
