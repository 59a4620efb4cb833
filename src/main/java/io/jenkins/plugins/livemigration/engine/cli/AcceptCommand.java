package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.history.DecisionFile;
import io.jenkins.plugins.livemigration.engine.history.Decisions;
import io.jenkins.plugins.livemigration.engine.history.PastRuns;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Acceptance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lmb accept}: accepts a new level. */
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description = {
            "Accepts the level that a figure has since a run: what came before no longer counts for it.",
            "Recorded in decisions.json beside the run, with who, when and why."
        })
final class AcceptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(index = "0", paramLabel = "RUN", description = "The first run with the new level.")
    private Path path = Path.of("");

    @Option(names = "--metric", required = true, paramLabel = "METRIC", description = "The metric, by its id.")
    private String metric = "";

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            description = "The scenario (default: ${DEFAULT-VALUE}, which a plan without scenarios has).")
    private String scenario = "default";

    @Mixin
    private DecisionOptions decision;

    @Override
    public Integer call() {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        String known = MetricOptions.find(spec.commandLine(), metric).id();
        try {
            RunResult run = PastRuns.result(path).result();
            ScenarioNames.require(spec.commandLine(), run, scenario);
            Path directory = BaselineChoice.directory(PastRuns.folder(path));
            Acceptance acceptance = new Acceptance(
                    known, scenario, PastRuns.label(path), run.startedAt(), decision.who(), decision.why());
            Decisions.Accepted accepted = new Decisions.Accepted(run.name(), acceptance, Instant.now());
            DecisionFile.change(directory, decisions -> decisions.and(accepted));
            out.println(Message.of(
                            "cli.accepted",
                            run.name(),
                            scenario,
                            known,
                            acceptance.fromBuild(),
                            acceptance.who(),
                            directory.resolve(DecisionFile.NAME))
                    .render(locale));
            out.flush();
            return ExitCode.OK.number();
        } catch (IOException broken) {
            return UnreadableResult.exit(spec.commandLine(), broken, locale);
        }
    }
}
