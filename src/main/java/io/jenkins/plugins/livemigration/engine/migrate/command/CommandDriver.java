package io.jenkins.plugins.livemigration.engine.migrate.command;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.HostLeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.CommandPlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.Reachability;
import io.jenkins.plugins.livemigration.engine.remote.RunningCommand;
import io.jenkins.plugins.livemigration.engine.remote.ShellWords;
import io.jenkins.plugins.livemigration.engine.result.Figure;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Migrates with shell commands of the user's: every platform without a driver. What the commands can say while they run
 * is in {@link MarkedLine}; docs/command.md has the whole contract.
 */
public final class CommandDriver implements MigrationDriver {
    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final Duration KILLED = Duration.ofSeconds(10);

    private final CommandPlan plan;
    private final Host host;
    /** Hosts that the commands speak of: what they call from and to need not be a host that the plan reaches. */
    private final List<String> machines;

    /** A driver for the plan's commands on its host. */
    public CommandDriver(CommandPlan plan, Hosts hosts) {
        this.plan = plan;
        this.host = hosts.host(plan.runOn());
        Set<String> told = Set.of(plan.from(), plan.to());
        this.machines = hosts.all().stream()
                .map(Host::name)
                .filter(name -> name.equals(plan.runOn()) || told.contains(name))
                .toList();
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public String workloadKey() {
        return "command:" + plan.locate();
    }

    @Override
    public List<Finding> preflight(boolean workloadPresent) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Reachability reached = host.probe(QUICK);
        if (reached instanceof Reachability.Unreached unreached) {
            findings.add(new Finding(
                    Finding.Severity.ERROR,
                    host.name(),
                    Message.of("migrate/command.unreachable", host.name(), unreached.detail()),
                    Message.of("migrate/command.unreachable.remedy")));
            return findings;
        }
        if (workloadPresent) {
            Whereabouts now = locate();
            if (now instanceof Whereabouts.RunningOn running) {
                findings.add(new Finding(
                        Finding.Severity.OK,
                        host.name(),
                        Message.of("migrate/command.located", running.host()),
                        Message.of("migrate/command.located.checked")));
            } else {
                findings.add(new Finding(
                        Finding.Severity.ERROR,
                        host.name(),
                        Message.of("migrate/command.notLocated", describe(now)),
                        Message.of("migrate/command.notLocated.remedy", plan.from(), plan.to())));
            }
        }
        if (plan.recover().isEmpty()) {
            findings.add(new Finding(
                    Finding.Severity.WARNING,
                    "driver.command",
                    Message.of("migrate/command.noRecover"),
                    Message.of("migrate/command.noRecover.remedy")));
        }
        return findings;
    }

    /** Of a platform without a driver nothing is known. */
    @Override
    public Map<String, Map<String, String>> environment() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        machines.forEach(name -> all.put(name, Map.of()));
        return all;
    }

    @Override
    public Whereabouts locate() throws InterruptedException {
        CommandResult result = host.run(environmentOf(plan.from(), plan.to()) + plan.locate(), QUICK);
        if (!result.ok()) {
            return new Whereabouts.Unknown(Message.of("migrate/command.locateFailed", result.complaint()));
        }
        String answer = result.out().strip();
        if (answer.equals(plan.from()) || answer.equals(plan.to())) {
            return new Whereabouts.RunningOn(answer);
        }
        if (answer.isEmpty()) {
            return new Whereabouts.NotRunning(Message.of("migrate/command.nowhere"));
        }
        List<String> lines = answer.lines().map(String::strip).toList();
        if (lines.size() > 1 && List.of(plan.from(), plan.to()).containsAll(lines)) {
            return new Whereabouts.Duplicated(Message.of("migrate/command.twice", String.join(", ", lines)));
        }
        return new Whereabouts.Unknown(
                Message.of("migrate/command.strangeAnswer", shortened(answer), plan.from(), plan.to()));
    }

    @Override
    public MigrationOutcome migrate(String from, String to, MigrationListener listener, Cancellation cancellation)
            throws InterruptedException {
        if (cancellation.requested()) {
            return new MigrationOutcome.Cancelled(new Whereabouts.RunningOn(from));
        }
        CommandOutput output = new CommandOutput(listener);
        if (!announcesRequest()) {
            output.requested();
        }
        RunningCommand command = host.start(environmentOf(from, to) + plan.migrate(), output::line);
        CommandResult result;
        try (Cancellation.Reaction reaction = cancellation.onRequest(() -> cancel(from, to, command))) {
            result = command.await(plan.timeout());
        }
        output.requested();
        output.openPhasesEnd();
        listener.evidence("output", shortened(result.out()));
        if (cancellation.requested()) {
            return new MigrationOutcome.Cancelled(locate());
        }
        if (result.ok()) {
            output.confirmed();
            return new MigrationOutcome.Completed();
        }
        return new MigrationOutcome.Failed(
                output.currentPhase().orElse("migrate"),
                Message.of("migrate/command.failed", host.name(), result.complaint()),
                locate());
    }

    private boolean announcesRequest() {
        return plan.migrate().contains("lmb: requested");
    }

    private void cancel(String from, String to, RunningCommand command) {
        if (plan.cancel().isPresent()) {
            try {
                host.run(environmentOf(from, to) + plan.cancel().get(), QUICK);
                CommandResult result = command.await(KILLED);
                if (result instanceof CommandResult.Ended) {
                    return;
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
        command.kill();
    }

    @Override
    public Recovery recover() throws InterruptedException {
        List<Message> actions = new ArrayList<>();
        Whereabouts now = locate();
        if (!(now instanceof Whereabouts.RunningOn) && plan.recover().isPresent()) {
            CommandResult result = host.run(
                    environmentOf(plan.from(), plan.to()) + plan.recover().get(), plan.timeout());
            actions.add(
                    result.ok()
                            ? Message.of("migrate/command.recovered", host.name())
                            : Message.of("migrate/command.recoverFailed", host.name(), result.complaint()));
            now = locate();
        }
        return new Recovery(now, actions);
    }

    @Override
    public LeaseStore leases() {
        return new HostLeaseStore(List.of(host), List.of(workloadKey()));
    }

    @Override
    public void close() {
        // holds nothing of its own
    }

    private static String environmentOf(String from, String to) {
        return "export LMB_FROM=" + ShellWords.quote(from) + " LMB_TO=" + ShellWords.quote(to) + "\n";
    }

    private static String describe(Whereabouts whereabouts) {
        if (whereabouts instanceof Whereabouts.NotRunning stopped) {
            return stopped.detail().toString();
        }
        if (whereabouts instanceof Whereabouts.Duplicated twice) {
            return twice.detail().toString();
        }
        if (whereabouts instanceof Whereabouts.Unknown unknown) {
            return unknown.detail().toString();
        }
        return whereabouts.toString();
    }

    private static String shortened(String text) {
        int limit = 64 * 1024;
        return text.length() <= limit ? text : text.substring(0, limit) + "\n[...]";
    }

    /** Follows the command's output line by line. */
    private static final class CommandOutput {
        private final MigrationListener listener;
        private final List<String> open = new ArrayList<>();
        private boolean requested;
        private boolean confirmed;

        CommandOutput(MigrationListener listener) {
            this.listener = listener;
        }

        synchronized void line(String text) {
            MarkedLine.parse(text).ifPresent(this::take);
        }

        private synchronized void take(MarkedLine line) {
            if (line instanceof MarkedLine.Requested) {
                requested();
            } else if (line instanceof MarkedLine.PhaseStart start) {
                if (!open.contains(start.name())) {
                    open.add(start.name());
                    listener.phaseStarted(start.name());
                }
            } else if (line instanceof MarkedLine.PhaseEnd end) {
                if (open.remove(end.name())) {
                    listener.phaseEnded(end.name(), end.bytes());
                }
            } else if (line instanceof MarkedLine.Moment moment) {
                confirmed = confirmed || moment.kind() == Mark.Kind.CONFIRMED;
                listener.mark(moment.kind());
            } else if (line instanceof MarkedLine.Value value) {
                listener.figure(value.metric(), Figure.of(value.value(), Message.of("migrate/command.said")));
            } else if (line instanceof MarkedLine.Note note) {
                listener.note(Message.literal(note.text()));
            } else if (line instanceof MarkedLine.Unclear unclear) {
                listener.note(Message.of("migrate/command.unclearLine", unclear.line(), unclear.why()));
            }
        }

        synchronized void requested() {
            if (!requested) {
                requested = true;
                listener.requested();
            }
        }

        synchronized void confirmed() {
            if (!confirmed) {
                confirmed = true;
                listener.mark(Mark.Kind.CONFIRMED);
            }
        }

        synchronized Optional<String> currentPhase() {
            return open.isEmpty() ? Optional.empty() : Optional.of(open.get(open.size() - 1));
        }

        synchronized void openPhasesEnd() {
            for (String phase : open) {
                listener.phaseEnded(phase, OptionalLong.empty());
            }
        }
    }
}
