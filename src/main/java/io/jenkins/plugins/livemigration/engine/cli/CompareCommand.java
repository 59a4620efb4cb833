package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.history.PastRuns;
import io.jenkins.plugins.livemigration.engine.report.ComparisonReport;
import io.jenkins.plugins.livemigration.engine.report.MainMetrics;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.ResultJson;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Reevaluation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.ResultComparison;
import io.jenkins.plugins.livemigration.engine.verdict.regression.ResultComparison.Named;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lmb compare}: runs, or the scenarios of one run, side by side. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Compares runs with the first one: medians, ratio with its confidence interval, and which differences are real.",
            "With --scenarios it compares the scenarios of one run: lmb compare --scenarios RUN [REFERENCE [OTHER...]]."
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(
            arity = "1..*",
            paramLabel = "[LABEL=]RESULT",
            description = "Runs' folders or result.json files, the reference first; a label names a run in the table.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--scenarios",
            description = "Compares scenarios of the first argument; the others are their names (default: all).")
    private boolean scenarios;

    @Mixin
    private MetricOptions metrics;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Writes a page with pictures, comparison.html, there.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--json", description = "Prints the comparison as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        try {
            List<Named> runs = scenarios ? scenarios() : runs();
            if (runs.size() < 2) {
                throw new ParameterException(spec.commandLine(), "A comparison needs two.");
            }
            Collection<Metric> chosen = metrics.chosen(spec.commandLine(), MainMetrics.all());
            ResultComparison comparison = ResultComparison.of(
                    runs, Reevaluation.regression(runs.get(0).run()), chosen);
            ComparisonReport report = new ComparisonReport(locale, runs, comparison);
            if (json) {
                out.println(ResultJson.builder().build().writeValueAsString(comparison));
            } else {
                out.print(report.text(Terminals.style(locale)));
            }
            if (output.isPresent()) {
                Path page = PageFiles.write(report.page(), output.get());
                if (!json) {
                    out.println(Message.of("cli.reportAt", page).render(locale));
                }
            }
            out.flush();
            return ExitCode.OK.number();
        } catch (IOException broken) {
            return UnreadableResult.exit(spec.commandLine(), broken, locale);
        }
    }

    private List<Named> runs() throws IOException {
        List<Named> runs = new ArrayList<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            boolean labelled = equals > 0 && !Files.exists(Path.of(argument));
            Path path = Path.of(labelled ? argument.substring(equals + 1) : argument);
            String label = labelled ? argument.substring(0, equals) : PastRuns.label(path);
            runs.add(new Named(label, PastRuns.result(path).result()));
        }
        return runs;
    }

    private List<Named> scenarios() throws IOException {
        RunResult run = PastRuns.result(Path.of(arguments.get(0))).result();
        List<String> names = arguments.size() == 1 ? run.scenarios() : arguments.subList(1, arguments.size());
        names.forEach(name -> ScenarioNames.require(spec.commandLine(), run, name));
        return Named.scenarios(run, names);
    }
}
