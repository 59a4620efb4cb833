package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.RunEvaluation;
import io.jenkins.plugins.livemigration.engine.RunFolder;
import io.jenkins.plugins.livemigration.engine.StarterWatch;
import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.history.BaselineChoice.Source;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.JudgedResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lmb run}: runs a benchmark. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a benchmark and writes its journal, result and reports into a new folder.",
        footer = {
            "",
            "The exit code is 0 for PASS or INSUFFICIENT_BASELINE, 10 UNSTABLE, 11 FAIL, 12 INCONCLUSIVE, 3 bad plan,"
                    + " 4 infrastructure, 5 workload in use by somebody else, 6 workload astray, 130 interrupted."
        })
final class RunCommand implements Callable<Integer> {
    /** Beyond the plan's own time-outs: coming home, recovering and writing the reports. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private PlanOptions planOptions;

    @Option(
            names = "--stdin",
            description = "Reads one JSON document from standard input instead of a plan file: the plan and the secrets"
                    + " that it names (docs/cli.md).")
    private boolean standardInput;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where the run's folder is made (default: the plan's output.directory).")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--folder", paramLabel = "DIR", description = "The run's folder itself; made if it does not exist.")
    private Optional<Path> folder = Optional.empty();

    @Mixin
    private BaselineOptions baselines;

    @Option(names = "--no-history", description = "Compares with nothing but limits, and what --golden names.")
    private boolean noHistory;

    @Option(
            names = "--lease",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "For a starter that may vanish: the run ends when nobody touched DIR/heartbeat for so long.")
    private Optional<Duration> lease = Optional.empty();

    @Option(
            names = "--when-abandoned",
            paramLabel = "stop|finish",
            description = "What to do when the starter vanished: stop after the sample (default), or finish the run.")
    private Abandoned whenAbandoned = Abandoned.stop;

    @Option(names = "--json", description = "Prints one JSON object at the end; progress goes to standard error.")
    private boolean json;

    /** What to do when the starter vanished. */
    enum Abandoned {
        stop,
        finish
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Locale locale = common.locale();
        PrintWriter err = spec.commandLine().getErr();
        Optional<ParsedPlan.Valid> plan;
        Credentials credentials;
        Source usual = new Source.Beside();
        Optional<String> starter = Optional.empty();
        if (standardInput) {
            Optional<HandedIn> handed = HandedIn.read(System.in, err, locale);
            plan = handed.map(HandedIn::plan);
            credentials = handed.<Credentials>map(HandedIn::credentials).orElse(name -> Optional.empty());
            starter = handed.flatMap(HandedIn::starter);
            usual = handed.flatMap(HandedIn::baseline)
                    .<Source>map(Source.HandedIn::new)
                    .orElse(new Source.Nothing());
        } else {
            plan = planOptions.load(err, locale);
            credentials = SecretPrompt.credentials(locale);
        }
        if (plan.isEmpty()) {
            return ExitCode.BAD_PLAN.number();
        }
        BaselineChoice choice = baselines.choice(
                noHistory ? new Source.Nothing() : usual, plan.get().plan().regression());
        return run(plan.get(), credentials, choice, starter, locale);
    }

    private int run(
            ParsedPlan.Valid plan,
            Credentials credentials,
            BaselineChoice baseline,
            Optional<String> starter,
            Locale locale)
            throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            baseline.check(directory(plan));
        } catch (IOException unreadable) {
            err.println(Message.of("cli.baselineUnreadable", String.valueOf(unreadable.getMessage()))
                    .render(locale));
            return ExitCode.BAD_PLAN.number();
        }
        RunFolder where;
        try {
            where = folder.isPresent()
                    ? RunFolder.at(folder.get())
                    : RunFolder.create(directory(plan), plan.plan().name());
        } catch (IOException cannotWrite) {
            err.println(Message.of("cli.noFolder", String.valueOf(cannotWrite.getMessage()))
                    .render(locale));
            return ExitCode.INFRASTRUCTURE.number();
        }
        PrintWriter progress = json ? err : out;
        progress.println(Message.of("cli.runsIn", where.path()).render(locale));
        Cancellation breakOff = new Cancellation();
        Cancellation afterSample = new Cancellation();
        Cancellation whenVanished = whenAbandoned == Abandoned.stop ? afterSample : new Cancellation();
        try (GracefulStop stop =
                new GracefulStop(breakOff, plan.plan().sampleTimeout().plus(PATIENCE))) {
            RunEnd end;
            try (EngineSession session = new EngineSession(plan, credentials, starter);
                    StarterWatch watch = StarterWatch.start(where.path(), lease, whenVanished)) {
                end = session.engine()
                        .run(
                                where,
                                baseline,
                                new ConsoleProgress(
                                        progress,
                                        locale,
                                        Terminals.live(json),
                                        Terminals.style(locale).width()),
                                breakOff,
                                afterSample);
            }
            return report(where, end, baseline, locale);
        }
    }

    /** Where the run's folder will be. */
    private Path directory(ParsedPlan.Valid plan) {
        return folder.map(BaselineChoice::directory)
                .or(() -> output)
                .orElse(Path.of(plan.plan().output().directory()));
    }

    private int report(RunFolder where, RunEnd end, BaselineChoice baseline, Locale locale) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        RunOutputs outputs = new RunOutputs(where.path(), judged(where, end, baseline, locale));
        Path report;
        try {
            report = outputs.write(locale);
        } catch (IOException full) {
            outputs.printTable(out, Terminals.style(locale));
            err.println(Message.of("cli.reportsNotWritten", where.path(), String.valueOf(full.getMessage()))
                    .render(locale));
            return outputs.exit() == ExitCode.OK
                    ? ExitCode.INFRASTRUCTURE.number()
                    : outputs.exit().number();
        }
        if (json) {
            outputs.printJson(out, report);
        } else {
            out.println();
            outputs.print(out, Terminals.style(locale), report);
        }
        return outputs.exit().number();
    }

    /** What was measured is never lost for want of something to compare it with. */
    private JudgedResult judged(RunFolder where, RunEnd end, BaselineChoice baseline, Locale locale)
            throws IOException {
        try {
            return RunEvaluation.of(where.path(), end, baseline);
        } catch (IOException unreadable) {
            spec.commandLine()
                    .getErr()
                    .println(Message.of("cli.baselineUnreadable", String.valueOf(unreadable.getMessage()))
                            .render(locale));
            return RunEvaluation.of(where.path(), end, BaselineChoice.NOTHING);
        }
    }
}
