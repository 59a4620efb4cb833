package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the parts of a plan need to know of each other while they are read. */
final class PlanContext {
    /** The name under which this machine is known without being described. */
    static final String LOCAL = "local";

    static final Duration SHORTEST = Duration.ofMillis(1);
    static final Duration DAY = Duration.ofHours(24);

    private final Mistakes mistakes;
    private final Set<String> hosts;
    private final Map<String, Access.Api> clusters = new LinkedHashMap<>();
    private boolean localNeeded;

    PlanContext(Mistakes mistakes, Set<String> hosts) {
        this.mistakes = mistakes;
        this.hosts = new LinkedHashSet<>(hosts);
    }

    Mistakes mistakes() {
        return mistakes;
    }

    /** Whether somebody referred to this machine although the plan does not describe it. */
    boolean localNeeded() {
        return localNeeded;
    }

    /** Whether the plan describes a host of that name. */
    boolean isHost(String name) {
        return hosts.contains(name);
    }

    /** The name of a host of the plan; a stand-in if it is missing or there is no such host. */
    String requiredHost(MapReader reader, String key) {
        reader.requireKey(key, key + ": " + hosts.stream().findFirst().orElse("host-a"));
        return host(reader, key).orElse("");
    }

    /** The name of a host of the plan. */
    Optional<String> host(MapReader reader, String key) {
        Optional<String> name = reader.text(key, this::known);
        if (name.isPresent() && name.get().equals(LOCAL) && !hosts.contains(LOCAL)) {
            localNeeded = true;
        }
        return name;
    }

    /** Makes the plan's clusters known to those who refer to them. */
    void describe(Map<String, Access.Api> described) {
        clusters.putAll(described);
    }

    /** A cluster of the plan; empty, which is reported, if there is none of that name. */
    Optional<Access.Api> cluster(MapReader reader, String key) {
        return reader.text(
                        key,
                        name -> clusters.containsKey(name)
                                ? Optional.empty()
                                : Optional.of(new Fault(
                                        Message.of("plan.unknownCluster", Faults.shown(name)),
                                        Message.of("plan.describeCluster", Faults.shown(name)))))
                .map(clusters::get);
    }

    /** Reads {@code from} and {@code to}, which must differ. */
    Route route(MapReader reader) {
        String from = requiredHost(reader, "from");
        String to = requiredHost(reader, "to");
        if (!from.isEmpty() && from.equals(to)) {
            reader.fault("to", new Fault(Message.of("plan.sameHost", to), Message.of("plan.nameAnotherHost")));
        }
        return new Route(from, to);
    }

    /**
     * A command on a host.
     *
     * @param home where it runs if the plan does not say; empty if the plan has to
     */
    HostCommand command(MapReader reader, Optional<String> home, Duration timeout) {
        String on = home.isPresent() ? host(reader, "on").orElse(home.get()) : requiredHost(reader, "on");
        String run = reader.requiredText("run", "run: systemctl start web", TextRules.COMMAND);
        Duration limit = reader.duration("timeout", timeout, SHORTEST, DAY);
        reader.end();
        return new HostCommand(on, run, limit);
    }

    private Optional<Fault> known(String name) {
        if (hosts.contains(name) || name.equals(LOCAL)) {
            return Optional.empty();
        }
        Optional<Fault> malformed = TextRules.NAME.check(name);
        if (malformed.isPresent()) {
            return malformed;
        }
        return Optional.of(new Fault(
                Message.of("plan.unknownHost", name),
                hosts.isEmpty()
                        ? Message.of("plan.describeHost", name)
                        : Message.of("plan.describeHostOrNameOne", name, String.join(", ", hosts))));
    }

    /** From where to where. */
    record Route(String from, String to) {}
}
