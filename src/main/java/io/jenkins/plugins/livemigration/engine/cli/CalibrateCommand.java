package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.history.PastRuns;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.result.RunResult;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Reevaluation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.Calibration;
import io.jenkins.plugins.livemigration.engine.verdict.regression.ComparablePlan;
import io.jenkins.plugins.livemigration.engine.verdict.regression.PastBuild;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lmb calibrate}: limits and noise floors from runs that are known to be good. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = {
            "Derives limits and noise floors from at least three runs of one plan that are known to be good.",
            "Prints a piece of a plan, as YAML."
        })
final class CalibrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Runs' folders, or a directory of runs.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--json", description = "Prints JSON instead of YAML.")
    private boolean json;

    @Override
    public Integer call() {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        try {
            List<RunResult> good = new ArrayList<>();
            for (PastBuild past : PastRuns.named(paths).builds()) {
                past.result()
                        .map(judged -> judged.result())
                        .filter(run -> run.end().kind() == RunEnd.Kind.COMPLETED)
                        .ifPresent(good::add);
            }
            long plans = good.stream()
                    .map(run -> ComparablePlan.digest(run.plan()))
                    .distinct()
                    .count();
            if (plans > 1) {
                return refused("cli.calibrateOtherPlans", plans, locale);
            }
            Calibration calibration = Calibration.of(
                    good, good.isEmpty() ? RegressionPlan.DEFAULT : Reevaluation.regression(good.get(0)));
            if (calibration.figures().isEmpty()) {
                return refused("cli.calibrateTooFew", good.size(), locale);
            }
            out.print(json ? calibration.fragment() + "\n" : calibration.yaml());
            out.flush();
            return ExitCode.OK.number();
        } catch (IOException broken) {
            return UnreadableResult.exit(spec.commandLine(), broken, locale);
        }
    }

    private int refused(String key, long number, Locale locale) {
        spec.commandLine().getErr().println(Message.of(key, number).render(locale));
        return ExitCode.BAD_PLAN.number();
    }
}
