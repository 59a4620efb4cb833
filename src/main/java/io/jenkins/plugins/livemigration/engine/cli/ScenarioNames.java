package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.result.RunResult;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Names of scenarios on the command line. */
final class ScenarioNames {
    private ScenarioNames() {}

    /** Says which ones are right, as any wrong parameter does, if the run has no scenario of that name. */
    static void require(CommandLine command, RunResult run, String name) {
        if (!run.scenarios().contains(name)) {
            throw new ParameterException(
                    command,
                    "The run has no scenario '" + name + "'; right would be one of: "
                            + String.join("; ", run.scenarios()));
        }
    }
}
