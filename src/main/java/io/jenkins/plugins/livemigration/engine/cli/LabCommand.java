package io.jenkins.plugins.livemigration.engine.cli;

import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import io.jenkins.plugins.livemigration.engine.remote.RunningCommand;
import io.jenkins.plugins.livemigration.engine.remote.ShellWords;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lmb lab}: hands its words to the lab's own scripts. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = {
            "Makes, shows or removes the local lab: two hosts and a client on this machine, as root (docs/lab.md).",
            "What follows up, down or status is handed to lab/up, lab/down or lab/status; each has --help."
        })
final class LabCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofHours(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(index = "0", paramLabel = "up|down|status", description = "What to do.")
    private Action action = Action.status;

    @Parameters(index = "1..*", paramLabel = "OPTION", description = "Options of lab/up, lab/down or lab/status.")
    private List<String> rest = List.of();

    /** What to do with the lab. */
    enum Action {
        up,
        down,
        status
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path script = Path.of(System.getProperty("lmb.home", "."), "lab", action.name());
        if (!Files.isExecutable(script)) {
            spec.commandLine().getErr().println(Message.of("cli.noLab", script).render(common.locale()));
            return ExitCode.INFRASTRUCTURE.number();
        }
        StringBuilder command = new StringBuilder(ShellWords.quote(script.toString()));
        for (String word : rest) {
            command.append(' ').append(ShellWords.quote(word));
        }
        try (LocalHost here = new LocalHost("local")) {
            RunningCommand running = here.start(command + " 2>&1", line -> {
                out.println(line);
                out.flush();
            });
            CommandResult result = running.await(LONGEST);
            return result instanceof CommandResult.Ended ended ? ended.exitCode() : ExitCode.INFRASTRUCTURE.number();
        }
    }
}
