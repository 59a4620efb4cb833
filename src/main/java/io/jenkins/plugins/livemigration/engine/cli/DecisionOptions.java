package io.jenkins.plugins.livemigration.engine.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Who decided, and why. */
final class DecisionOptions {
    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "The reason, for everyone to read.")
    private String why = "";

    @Option(names = "--who", paramLabel = "NAME", description = "Who decides (default: the user at this machine).")
    private Optional<String> who = Optional.empty();

    String why() {
        return why;
    }

    String who() {
        return who.orElseGet(EngineSession::owner);
    }
}
