package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.remote.ClockOffset;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Reachability;
import io.jenkins.plugins.livemigration.engine.remote.RunningCommand;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A double of a host: answers a command by the first of its rules whose text the command contains, and remembers what it
 * was asked. It runs nothing; that real hosts answer like this is what the lab's tests show.
 */
final class FakeHost implements Host {
    final List<String> commands = new ArrayList<>();
    private final Map<String, CommandResult> rules = new LinkedHashMap<>();
    private final String name;
    private boolean reachable = true;

    FakeHost(String name) {
        this.name = name;
    }

    /** From now on, commands that contain {@code part} end with status 0 and this output. */
    FakeHost says(String part, String output) {
        rules.put(part, new CommandResult.Ended(0, output, "", 0, 1));
        return this;
    }

    /** From now on, commands that contain {@code part} fail with this complaint. */
    FakeHost fails(String part, String complaint) {
        rules.put(part, new CommandResult.Ended(1, "", complaint, 0, 1));
        return this;
    }

    /** From now on, it does not answer at all. */
    FakeHost vanishes() {
        reachable = false;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized CommandResult run(String command, Duration timeout) {
        commands.add(command);
        if (!reachable) {
            return new CommandResult.Lost(false, "timed out", "", "");
        }
        for (Map.Entry<String, CommandResult> rule : rules.entrySet()) {
            if (command.contains(rule.getKey())) {
                return rule.getValue();
            }
        }
        return new CommandResult.Ended(0, "", "", 0, 1);
    }

    @Override
    public CommandResult run(String command, InputStream standardInput, Duration timeout) {
        return run(command, timeout);
    }

    @Override
    public RunningCommand start(String command, Consumer<String> lines) {
        CommandResult result = run(command, Duration.ZERO);
        result.out().lines().forEach(lines);
        return new RunningCommand() {
            @Override
            public CommandResult await(Duration timeout) {
                return result;
            }

            @Override
            public void kill() {}
        };
    }

    @Override
    public Reachability probe(Duration timeout) {
        return reachable
                ? new Reachability.Reached(Duration.ofMillis(1))
                : new Reachability.Unreached(Reachability.Cause.TIMED_OUT, "timed out");
    }

    @Override
    public Optional<ClockOffset> clockOffset(Duration timeout) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
