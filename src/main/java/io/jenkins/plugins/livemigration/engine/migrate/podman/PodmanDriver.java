package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.HostLeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.Mark;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Moves containers between two hosts with Podman and CRIU. docs/podman.md describes it for users. */
public final class PodmanDriver implements MigrationDriver {
    private final PodmanPlan plan;
    private final Map<String, HostPlan> hostPlans;
    private final Hosts hosts;
    private final Supplier<Hosts> freshConnections;
    private final Timings timings;
    private final WorkloadNames names;
    private final TrafficSwitch traffic;

    /**
     * A driver for one workload.
     *
     * @param hostPlans the plan's hosts: how one host addresses the other
     * @param hosts kept connections; closed by their owner
     * @param freshConnections connections of their own, for the strategy that opens one for each step
     */
    public PodmanDriver(
            PodmanPlan plan, Map<String, HostPlan> hostPlans, Hosts hosts, Supplier<Hosts> freshConnections) {
        this(plan, hostPlans, hosts, freshConnections, Timings.DEFAULT);
    }

    PodmanDriver(
            PodmanPlan plan,
            Map<String, HostPlan> hostPlans,
            Hosts hosts,
            Supplier<Hosts> freshConnections,
            Timings timings) {
        this.plan = plan;
        this.hostPlans = Map.copyOf(hostPlans);
        this.hosts = hosts;
        this.freshConnections = freshConnections;
        this.timings = timings;
        this.names = WorkloadNames.of(plan.containers());
        this.traffic = traffic(plan, hosts);
    }

    private static TrafficSwitch traffic(PodmanPlan plan, Hosts hosts) {
        if (plan.traffic() instanceof DriverPlan.Traffic.FloatingAddress floating) {
            return new FloatingAddressSwitch(floating);
        }
        if (plan.traffic() instanceof DriverPlan.Traffic.Commands commands) {
            return new CommandsSwitch(commands, hosts.host(commands.host()));
        }
        return new TravellingAddressSwitch();
    }

    @Override
    public String name() {
        return "podman";
    }

    @Override
    public String workloadKey() {
        return names.key();
    }

    @Override
    public List<Finding> preflight(boolean workloadPresent) throws InterruptedException {
        return new Preflight(plan, hostPlans, names, hosts, traffic).run(workloadPresent);
    }

    @Override
    public Map<String, Map<String, String>> environment() throws InterruptedException {
        return new HostEnvironment(plan).collect(hosts.host(plan.from()), hosts.host(plan.to()));
    }

    @Override
    public Whereabouts locate() throws InterruptedException {
        SideInspection inspection = new SideInspection(names, plan.containers(), traffic);
        Host home = hosts.host(plan.from());
        Host other = hosts.host(plan.to());
        CompletableFuture<SideInspection.Answer> atOther = Waiting.start(() -> inspection.look(other));
        SideInspection.Answer atHome = inspection.look(home);
        return Location.of(home.name(), atHome, other.name(), Waiting.join(atOther));
    }

    @Override
    public MigrationOutcome migrate(String from, String to, MigrationListener listener, Cancellation cancellation)
            throws InterruptedException {
        Preparation preparation = new Preparation(names, plan.containers());
        Host source = hosts.host(from);
        Preparation.Look look = preparation.look(source);
        if (look instanceof Preparation.Refused refused) {
            return new MigrationOutcome.Failed(Phases.PREPARE, refused.why(), locate());
        }
        Preparation.Seen seen = (Preparation.Seen) look;
        Move move = move(source, hosts.host(to), seen, listener, cancellation);
        Optional<Message> unready = preparation.makeReady(move);
        if (unready.isPresent()) {
            preparation.undo(move);
            return new MigrationOutcome.Failed(Phases.PREPARE, unready.get(), new Whereabouts.RunningOn(from));
        }
        if (cancellation.requested()) {
            preparation.undo(move);
            return new MigrationOutcome.Cancelled(new Whereabouts.RunningOn(from));
        }
        listener.requested();
        return end(move, preparation, strategy().run(move));
    }

    private MigrationOutcome end(Move move, Preparation preparation, StepOutcome outcome) throws InterruptedException {
        if (outcome instanceof StepOutcome.Unsupported unsupported) {
            preparation.undo(move);
            return new MigrationOutcome.NotSupported(unsupported.reason());
        }
        if (outcome instanceof StepOutcome.Done) {
            move.listener().mark(Mark.Kind.CONFIRMED);
            move.listener().phaseStarted(Phases.CLEAN_UP);
            Leftovers.afterSuccess(move).forEach(move.listener()::note);
            move.listener().phaseEnded(Phases.CLEAN_UP, OptionalLong.empty());
            move.figures().report(move.listener());
            return new MigrationOutcome.Completed();
        }
        Recovery recovery = recover();
        recovery.actions().forEach(move.listener()::note);
        if (outcome instanceof StepOutcome.Stopped) {
            return new MigrationOutcome.Cancelled(recovery.whereabouts());
        }
        StepOutcome.Broken broken = (StepOutcome.Broken) outcome;
        if (recovery.whereabouts()
                .equals(new Whereabouts.RunningOn(move.record().to()))) {
            // It did arrive; only the news of it, or a last step, got lost.
            move.listener().note(Message.of("migrate/podman.arrivedAnyway", broken.stage(), broken.cause()));
            move.listener().mark(Mark.Kind.CONFIRMED);
            move.figures().report(move.listener());
            return new MigrationOutcome.Completed();
        }
        return new MigrationOutcome.Failed(broken.stage(), broken.cause(), recovery.whereabouts());
    }

    private Move move(
            Host source,
            Host destination,
            Preparation.Seen seen,
            MigrationListener listener,
            Cancellation cancellation) {
        String token = UUID.randomUUID().toString();
        MigrationRecord record = MigrationRecord.of(
                token, source.name(), destination.name(), plan.staging() + "/" + token, seen.containers());
        HostLink link = new HostLink(hostPlan(destination.name()), names.directory() + "/link");
        return new Move(
                plan,
                names,
                traffic,
                gate(seen),
                source,
                destination,
                link,
                record,
                seen.containers(),
                seen.sockets(),
                new MoveFigures(!plan.volumes().isEmpty()),
                listener,
                cancellation,
                timings);
    }

    private HostPlan hostPlan(String name) {
        HostPlan host = hostPlans.get(name);
        if (host == null) {
            throw new IllegalArgumentException("the plan has no host " + name);
        }
        return host;
    }

    /** What has to be kept from answering: the service's own address, or the ports that it has on the host's. */
    private Gate gate(Preparation.Seen seen) {
        if (!plan.gate()) {
            return new Gate(names.gateTable(), Set.of(), Set.of(), timings.gateValidity());
        }
        Set<String> addresses = new TreeSet<>(traffic.addresses());
        if (!(plan.traffic() instanceof DriverPlan.Traffic.Macvlan)) {
            seen.containers().forEach(container -> addresses.addAll(container.addresses()));
        }
        Set<String> ports = traffic.addresses().isEmpty() ? seen.sockets().listening() : Set.of();
        return new Gate(names.gateTable(), addresses, ports, timings.gateValidity());
    }

    private Strategy strategy() {
        return switch (plan.strategy()) {
            case STOP_AND_COPY -> new StopAndCopy();
            case CLASSIC -> new Classic(freshConnections);
            case PRE_COPY -> new PreCopy();
        };
    }

    @Override
    public Recovery recover() throws InterruptedException {
        return new PodmanRecovery(
                        names, plan.containers(), traffic, hosts.host(plan.from()), hosts.host(plan.to()), timings)
                .run();
    }

    @Override
    public LeaseStore leases() {
        List<String> keys = plan.containers().stream()
                .map(container -> "podman:" + container)
                .toList();
        return new HostLeaseStore(List.of(hosts.host(plan.from()), hosts.host(plan.to())), keys);
    }

    /** Nothing to release: helpers live no longer than a migration. */
    @Override
    public void close() {}
}
