package io.jenkins.plugins.livemigration.engine.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * This machine as a host: commands run in {@code sh} with {@code LC_ALL=C}, each in a session of its own, so that a
 * Ctrl-C at the terminal does not reach them.
 */
public final class LocalHost implements Host {
    private static final Optional<String> SETSID = Stream.of("/usr/bin/setsid", "/bin/setsid")
            .filter(file -> Files.isExecutable(Path.of(file)))
            .findFirst();

    private final String name;
    private final ExecutorService executor;

    public LocalHost(String name) {
        this.name = name;
        this.executor = HostThreads.of(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CommandResult run(String command, Duration timeout) throws InterruptedException {
        return run(command, InputStream.nullInputStream(), timeout);
    }

    @Override
    public CommandResult run(String command, InputStream standardInput, Duration timeout) throws InterruptedException {
        LocalCommand running = launch(command, standardInput, CommandOutput.kept());
        try {
            return running.await(timeout);
        } catch (InterruptedException stop) {
            running.kill();
            throw stop;
        }
    }

    @Override
    public RunningCommand start(String command, Consumer<String> lines) {
        try {
            return launch(command, InputStream.nullInputStream(), CommandOutput.lines(lines, executor));
        } catch (RejectedExecutionException shut) {
            return LocalCommand.neverStarted("closed", CommandOutput.kept());
        }
    }

    private LocalCommand launch(String command, InputStream standardInput, CommandOutput output) {
        ShellWords.refuseUnsendable(command);
        List<String> words = new ArrayList<>();
        SETSID.ifPresent(words::add);
        words.addAll(List.of("sh", "-c", command));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("LC_ALL", "C");
        if (executor.isShutdown()) {
            return LocalCommand.neverStarted("closed", output);
        }
        try {
            return LocalCommand.launch(builder, standardInput, output, executor);
        } catch (IOException refused) {
            return LocalCommand.neverStarted(String.valueOf(refused.getMessage()), output);
        }
    }

    @Override
    public Reachability probe(Duration timeout) throws InterruptedException {
        CommandResult answer = run(":", timeout);
        return answer instanceof CommandResult.Ended ended
                ? new Reachability.Reached(Duration.ofNanos(ended.endNanos() - ended.startNanos()))
                : new Reachability.Unreached(Reachability.Cause.OTHER, answer.complaint());
    }

    /** This machine's clock is our own. */
    @Override
    public Optional<ClockOffset> clockOffset(Duration timeout) {
        return Optional.of(new ClockOffset(0, 0));
    }

    /** No command can be started any more. Those still running are not ended. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
