package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.history.PastRuns;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.report.TerminalReport;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import io.jenkins.plugins.livemigration.engine.verdict.Reevaluation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Baseline;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lmb verdict}: judges a result anew. */
@Command(
        name = "verdict",
        mixinStandardHelpOptions = true,
        description = {
            "Judges a result anew, by its plan's limits and against a baseline; changes no file of the run.",
            "Without --baseline it is compared with the earlier runs beside it. The exit code is that of lmb run."
        })
final class VerdictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(index = "0", paramLabel = "RESULT", description = "A run's folder, or its result.json.")
    private Path run = Path.of("");

    @Mixin
    private BaselineOptions baselines;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Writes every report there.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--json", description = "Prints one JSON object instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        try {
            JudgedResult earlier = PastRuns.result(run);
            RegressionPlan plan = Reevaluation.regression(earlier.result());
            Optional<Baseline> baseline = baselines
                    .choice(new BaselineChoice.Source.Beside(), plan)
                    .baseline(earlier.result(), PastRuns.folder(run), plan);
            JudgedResult judged = Reevaluation.of(earlier, baseline);
            RunOutputs outputs = new RunOutputs(output.orElse(PastRuns.folder(run)), judged);
            Optional<Path> report = output.isPresent() ? Optional.of(outputs.write(locale)) : Optional.empty();
            if (json) {
                outputs.printJson(out, report);
            } else if (report.isPresent()) {
                outputs.print(out, Terminals.style(locale), report.get());
            } else {
                out.print(new TerminalReport(Terminals.style(locale)).text(judged));
                out.flush();
            }
            return outputs.exit().number();
        } catch (IOException broken) {
            return UnreadableResult.exit(spec.commandLine(), broken, locale);
        }
    }
}
