package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.history.BaselineChoice.Source;
import io.jenkins.plugins.livemigration.engine.plan.RegressionPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** With what a run is compared, as the command line says it. */
final class BaselineOptions {
    @Option(
            names = "--baseline",
            arity = "1..*",
            paramLabel = "RESULT",
            description = "Compares with these runs: their folders, their result.json files, or a directory of runs.")
    private List<Path> named = new ArrayList<>();

    @Option(
            names = "--golden",
            arity = "1..*",
            paramLabel = "RESULT",
            description = "Pinned good runs, against which slow creep shows; best several.")
    private List<Path> golden = new ArrayList<>();

    /**
     * The choice: what the command line names, else what was handed in, else what the plan names, else {@code usual}.
     *
     * @param usual nothing, if nothing but the command line may name a baseline
     */
    BaselineChoice choice(Source usual, RegressionPlan plan) {
        return new BaselineChoice(source(usual, plan), golden.isEmpty() ? paths(plan.golden()) : golden);
    }

    private Source source(Source usual, RegressionPlan plan) {
        if (!named.isEmpty()) {
            return new Source.Named(named);
        }
        boolean open = usual instanceof Source.Beside && !plan.baseline().isEmpty();
        return open ? new Source.Named(paths(plan.baseline())) : usual;
    }

    private static List<Path> paths(List<String> texts) {
        return texts.stream().map(Path::of).toList();
    }
}
