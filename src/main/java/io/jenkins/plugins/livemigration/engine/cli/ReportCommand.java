package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.RunEvaluation;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lmb report}: makes result and reports of a run anew. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Makes the result and every report of a run anew from its journal, also of one that was killed.")
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
    private Path run = Path.of("");

    @Option(names = "--json", description = "Prints one JSON object instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        try {
            JudgedResult judged = RunEvaluation.of(run);
            RunOutputs outputs = new RunOutputs(run, judged);
            Path report = outputs.write(locale);
            if (json) {
                outputs.printJson(out, report);
            } else {
                outputs.print(out, Terminals.style(locale), report);
            }
            return ExitCode.OK.number();
        } catch (IOException unreadable) {
            spec.commandLine()
                    .getErr()
                    .println(Message.of("cli.runUnreadable", run, String.valueOf(unreadable.getMessage()))
                            .render(locale));
            return ExitCode.BAD_PLAN.number();
        }
    }
}
