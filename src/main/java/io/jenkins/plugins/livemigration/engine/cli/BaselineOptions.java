package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
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

    /** The choice; {@code usual} if no baseline was named. */
    BaselineChoice choice(BaselineChoice.Source usual) {
        return new BaselineChoice(named.isEmpty() ? usual : new BaselineChoice.Source.Named(named), golden);
    }
}
