package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.Reachability;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a migration can work at all. Touches nothing, and says everything at once. */
final class Preflight {
    private static final Duration PROBE = Duration.ofSeconds(20);
    private static final Duration LINK = Duration.ofSeconds(30);

    private final PodmanPlan plan;
    private final Map<String, HostPlan> hostPlans;
    private final Host from;
    private final Host to;
    private final SideInspection inspection;
    private final Findings findings = new Findings();

    Preflight(
            PodmanPlan plan, Map<String, HostPlan> hostPlans, WorkloadNames names, Hosts hosts, TrafficSwitch traffic) {
        this.plan = plan;
        this.hostPlans = hostPlans;
        this.from = hosts.host(plan.from());
        this.to = hosts.host(plan.to());
        this.inspection = new SideInspection(names, plan.containers(), traffic);
    }

    List<Finding> run(boolean workloadPresent) throws InterruptedException {
        Optional<HostFacts> fromFacts = facts(from);
        Optional<HostFacts> toFacts = facts(to);
        HostChecks hostChecks = new HostChecks(plan, findings);
        fromFacts.ifPresent(facts -> hostChecks.one(from.name(), facts));
        toFacts.ifPresent(facts -> hostChecks.one(to.name(), facts));
        if (fromFacts.isPresent() && toFacts.isPresent()) {
            hostChecks.both(from.name(), fromFacts.get(), to.name(), toFacts.get());
            link(from, to);
            link(to, from);
            workload(workloadPresent, fromFacts.get(), toFacts.get());
        }
        return findings.all();
    }

    private Optional<HostFacts> facts(Host host) throws InterruptedException {
        if (host.probe(PROBE) instanceof Reachability.Unreached unreached) {
            findings.error(host.name(), "unreachable", unreached.detail());
            return Optional.empty();
        }
        HostFacts.Answer answer = HostFacts.collect(host, plan.staging(), HostEnvironment.device(plan));
        if (answer instanceof HostFacts.Told told) {
            return Optional.of(told.facts());
        }
        findings.error(host.name(), "unreachable", ((HostFacts.Silent) answer).why());
        return Optional.empty();
    }

    private void link(Host source, Host destination) throws InterruptedException {
        HostPlan address = hostPlans.get(destination.name());
        if (address == null || address.local()) {
            findings.error(source.name(), "otherIsLocal", destination.name());
            return;
        }
        HostLink link = new HostLink(address, "");
        CommandResult result = source.run(Scripts.command(link.ssh("true") + " </dev/null"), LINK);
        if (result.ok()) {
            findings.ok(source.name(), "link", destination.name());
        } else {
            findings.error(
                    source.name(),
                    "noLink",
                    destination.name(),
                    address.user() + "@" + address.address(),
                    result.complaint());
        }
    }

    private void workload(boolean present, HostFacts fromFacts, HostFacts toFacts) throws InterruptedException {
        SideInspection.Answer first = inspection.look(from);
        SideInspection.Answer second = inspection.look(to);
        for (SideInspection.Answer answer : List.of(first, second)) {
            String host = answer == first ? from.name() : to.name();
            if (answer instanceof SideInspection.Told told
                    && told.report().record().isPresent()) {
                findings.error(host, "unfinished");
            }
        }
        address(first, second);
        if (!present) {
            return;
        }
        Whereabouts where = Location.of(from.name(), first, to.name(), second);
        if (!(where instanceof Whereabouts.RunningOn running)) {
            findings.error(
                    "driver.podman.containers", "notRunning", String.join(", ", plan.containers()), detail(where));
            return;
        }
        findings.ok(running.host(), "runsHere", String.join(", ", plan.containers()));
        boolean home = running.host().equals(from.name());
        if (!home) {
            findings.warning(running.host(), "notAtHome", from.name());
        }
        new ContainerChecks(plan, findings)
                .run(home ? from : to, home ? to : from, home ? fromFacts : toFacts, home ? toFacts : fromFacts);
        if (plan.traffic() instanceof DriverPlan.Traffic.FloatingAddress floating) {
            addressFollows(home ? first : second, running.host(), floating);
        }
    }

    private static String detail(Whereabouts where) {
        if (where instanceof Whereabouts.NotRunning stopped) {
            return stopped.detail().toString();
        }
        if (where instanceof Whereabouts.Absent absent) {
            return absent.detail().toString();
        }
        if (where instanceof Whereabouts.Duplicated twice) {
            return twice.detail().toString();
        }
        return where instanceof Whereabouts.Unknown unknown ? unknown.detail().toString() : "";
    }

    /** The floating address must not be on both hosts, nor on a third machine. */
    private void address(SideInspection.Answer first, SideInspection.Answer second) throws InterruptedException {
        if (!(plan.traffic() instanceof DriverPlan.Traffic.FloatingAddress floating)
                || !(first instanceof SideInspection.Told one)
                || !(second instanceof SideInspection.Told two)) {
            return;
        }
        String address = FloatingAddressSwitch.bareAddress(floating.address());
        if (one.report().address() && two.report().address()) {
            findings.error(from.name() + ", " + to.name(), "addressTwice", address);
        }
        if (address.contains(":")) {
            return;
        }
        // Duplicate address detection: its status is 0 if nobody answers. Asked by a host that does not hold it.
        boolean heldHere = one.report().address();
        boolean heldAtAll = heldHere || two.report().address();
        Host asking = heldHere ? to : from;
        CommandResult asked = asking.run(
                Scripts.command("arping -q -D -c 2 -w 2 -I %s %s".formatted(quote(floating.device()), quote(address))),
                LINK);
        boolean somebodyAnswers = asked instanceof CommandResult.Ended ended && ended.exitCode() == 1;
        if (somebodyAnswers && !heldAtAll) {
            findings.error(asking.name(), "addressElsewhere", address);
        }
    }

    private void addressFollows(SideInspection.Answer where, String host, DriverPlan.Traffic.FloatingAddress floating) {
        if (where instanceof SideInspection.Told told && !told.report().address()) {
            findings.error(host, "addressMissing", floating.address(), floating.device());
        }
    }
}
