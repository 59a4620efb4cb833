package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.EngineVersion;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lmb}: the root of all commands, and the entry point of the engine jar. */
@Command(
        name = "lmb",
        description = "Benchmarks live migrations of virtual machines and containers.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            ReportCommand.class,
            RecoverCommand.class,
            UnlockCommand.class,
            ImportCommand.class,
            SchemaCommand.class,
            LabCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footer = {
            "",
            "Exit codes: 0 worked (PASS, INSUFFICIENT_BASELINE), 1 internal error, 2 wrong command line, 3 bad plan or"
                    + " file, 4 infrastructure, 5 workload in use, 6 workload astray, 10 UNSTABLE, 11 FAIL,"
                    + " 12 INCONCLUSIVE, 130 interrupted. docs/cli.md explains them."
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs the command that {@code arguments} name and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, with its streams still to be chosen. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new BrokenCommand());
        line.getSubcommands().values().stream()
                .filter(command -> command.getCommand() instanceof LabCommand)
                .forEach(command -> command.setStopAtPositional(true));
        return line;
    }

    /** Prints the help: {@code lmb} alone does nothing. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The line that {@code lmb --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"lmb " + EngineVersion.current()};
        }
    }
}
