package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.EngineVersion;
import java.util.Locale;
import java.util.ResourceBundle;
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
            VerdictCommand.class,
            CompareCommand.class,
            TrendCommand.class,
            CalibrateCommand.class,
            AcceptCommand.class,
            MuteCommand.class,
            RecoverCommand.class,
            UnlockCommand.class,
            ImportCommand.class,
            AnalyzeCommand.class,
            ProbeCommand.class,
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
        System.exit(commandLine(helpLanguage(arguments)).execute(arguments));
    }

    /** The help is printed before options are evaluated, so its language is looked for by hand. */
    private static Locale helpLanguage(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--lang") && i + 1 < arguments.length) {
                return Locale.forLanguageTag(arguments[i + 1]);
            }
            if (arguments[i].startsWith("--lang=")) {
                return Locale.forLanguageTag(arguments[i].substring("--lang=".length()));
            }
        }
        return Locale.getDefault(Locale.Category.DISPLAY);
    }

    /**
     * The whole command line, with its streams still to be chosen.
     *
     * @param language of the help
     */
    static CommandLine commandLine(Locale language) {
        CommandLine line = new CommandLine(new Main())
                .setResourceBundle(ResourceBundle.getBundle(
                        Main.class.getPackageName() + ".Help",
                        language,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)))
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
