package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.plan.HostCommand;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.plan.WorkloadPlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.Optional;

/** Starts and stops the workloads of scenarios that say how; at most one runs at a time. */
final class WorkloadControl {
    private final Hosts hosts;
    private Optional<ScenarioPlan> running = Optional.empty();

    WorkloadControl(Hosts hosts) {
        this.hosts = hosts;
    }

    /** The scenario whose workload we started, while it runs. */
    Optional<ScenarioPlan> running() {
        return running;
    }

    /** Whether this scenario's workload was started by us and still is. */
    boolean runs(ScenarioPlan scenario) {
        return running.filter(current -> current.name().equals(scenario.name())).isPresent();
    }

    /**
     * Stops what we started for another scenario and starts this one's workload.
     *
     * @return why that did not work; empty if it did, or if the scenario has no commands
     */
    Optional<Message> start(ScenarioPlan scenario) throws InterruptedException {
        Optional<Message> trouble = stop();
        if (trouble.isPresent() || scenario.workload().isEmpty()) {
            return trouble;
        }
        WorkloadPlan workload = scenario.workload().get();
        running = Optional.of(scenario);
        return run(workload.start());
    }

    /** Stops what we started, if anything. Returns why that did not work. */
    Optional<Message> stop() throws InterruptedException {
        Optional<HostCommand> command = running.flatMap(ScenarioPlan::workload).flatMap(WorkloadPlan::stop);
        running = Optional.empty();
        return command.isPresent() ? run(command.get()) : Optional.empty();
    }

    /** Runs a command of the plan's on its host. Returns why it failed. */
    Optional<Message> run(HostCommand command) throws InterruptedException {
        CommandResult result = hosts.host(command.on()).run(command.run(), command.timeout());
        return result.ok()
                ? Optional.empty()
                : Optional.of(Message.of("engine.commandFailed", command.on(), command.run(), result.complaint()));
    }
}
