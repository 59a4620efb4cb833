package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.Traffic.Commands;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import java.time.Duration;
import java.util.Optional;

/** The user's own commands, for a load balancer for example. */
final class CommandsSwitch implements TrafficSwitch {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Commands plan;
    private final Host host;

    CommandsSwitch(Commands plan, Host host) {
        this.plan = plan;
        this.host = host;
    }

    @Override
    public Optional<CommandResult> detach(String from, String to) throws InterruptedException {
        if (plan.detach().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(run(plan.detach().get(), from, to));
    }

    @Override
    public Optional<CommandResult> attach(String from, String to) throws InterruptedException {
        return Optional.of(run(plan.attach(), from, to));
    }

    private CommandResult run(String command, String from, String to) throws InterruptedException {
        return host.run("export LMB_FROM=%s LMB_TO=%s; %s".formatted(quote(from), quote(to), command), TIMEOUT);
    }
}
