package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.history.DecisionFile;
import io.jenkins.plugins.livemigration.engine.history.Decisions;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Mute;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lmb mute}: keeps a metric from gating for a while. */
@Command(
        name = "mute",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps a metric from gating until a date; it is still compared and shown. A date that is over ends a mute.",
            "Recorded in decisions.json beside the runs, with who, when and why."
        })
final class MuteCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "The directory of the runs (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("runs");

    @Option(names = "--metric", required = true, paramLabel = "METRIC", description = "The metric, by its id.")
    private String metric = "";

    @Option(
            names = "--until",
            required = true,
            paramLabel = "DATE",
            description = "The last day on which it is mute, in UTC: 2026-12-31.")
    private LocalDate until = LocalDate.EPOCH;

    @Option(names = "--name", paramLabel = "NAME", description = "Only in this benchmark (default: in all of DIR).")
    private Optional<String> benchmark = Optional.empty();

    @Mixin
    private DecisionOptions decision;

    @Override
    public Integer call() {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        String known = MetricOptions.find(spec.commandLine(), metric).id();
        try {
            Mute mute = new Mute(known, until, decision.who(), decision.why());
            Decisions.Muted muted = new Decisions.Muted(benchmark, mute, Instant.now());
            DecisionFile.change(directory, decisions -> decisions.and(muted));
            out.println(Message.of("cli.muted", known, until, mute.who(), directory.resolve(DecisionFile.NAME))
                    .render(locale));
            out.flush();
            return ExitCode.OK.number();
        } catch (IOException broken) {
            return UnreadableResult.exit(spec.commandLine(), broken, locale);
        }
    }
}
