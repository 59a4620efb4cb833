package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.history.PastRuns;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import io.jenkins.plugins.livemigration.engine.report.MainMetrics;
import io.jenkins.plugins.livemigration.engine.report.TrendReport;
import io.jenkins.plugins.livemigration.engine.report.TrendView;
import io.jenkins.plugins.livemigration.engine.result.ResultJson;
import io.jenkins.plugins.livemigration.engine.text.Message;
import io.jenkins.plugins.livemigration.engine.verdict.Reevaluation;
import io.jenkins.plugins.livemigration.engine.verdict.regression.PastBuild;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lmb trend}: runs one after another. */
@Command(
        name = "trend",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the runs of a benchmark one after another: levels, change points, and what changed about the hosts.",
            "Prints a table and writes trend.html."
        })
final class TrendCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the runs.")
    private Path directory = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "The benchmark (default: the newest run's).")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "So many runs with a result at most (default: ${DEFAULT-VALUE}).")
    private int last = 100;

    @Mixin
    private MetricOptions metrics;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where trend.html is written (default: DIR itself).")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--json", description = "Prints the trend as one JSON object; writes no page without -o.")
    private boolean json;

    @Override
    public Integer call() {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        try {
            Optional<String> benchmark = name.isPresent() ? name : PastRuns.newestBenchmark(directory);
            if (benchmark.isEmpty()) {
                throw new IOException(directory + " holds no run with a result");
            }
            // Nothing came after: not even a run whose machine's clock is ahead.
            Instant future = Instant.now().plus(Duration.ofDays(1));
            List<PastBuild> runs = PastRuns.of(directory, benchmark.get(), future, directory, last)
                    .builds();
            TrendView view = TrendView.of(runs, regression(runs));
            TrendReport report = new TrendReport(
                    locale, benchmark.get(), view, metrics.chosen(spec.commandLine(), MainMetrics.all()));
            if (json) {
                out.println(ResultJson.builder().build().writeValueAsString(view.trend()));
            } else {
                out.print(report.text(Terminals.style(locale)));
            }
            if (!json || output.isPresent()) {
                Path page = PageFiles.write(report.page(), output.orElse(directory));
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

    private static RegressionPlan regression(List<PastBuild> runs) {
        RegressionPlan plan = RegressionPlan.DEFAULT;
        for (PastBuild run : runs) {
            if (run.result().isPresent()) {
                plan = Reevaluation.regression(run.result().get().result());
            }
        }
        return plan;
    }
}
