package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.EngineVersion;
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
        versionProvider = Main.Version.class)
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs the command that {@code arguments} name and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
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
