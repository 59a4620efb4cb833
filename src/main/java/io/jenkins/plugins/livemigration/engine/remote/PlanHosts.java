package io.jenkins.plugins.livemigration.engine.remote;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hosts that a plan names. Making them connects to nothing and asks for no secret; the first command does. */
public final class PlanHosts implements Hosts {
    private final Map<String, HostPlan> plans;
    private final Map<String, Host> hosts = new LinkedHashMap<>();

    /**
     * @param plans by host name
     * @throws IllegalArgumentException if a jump host is not in the plan, or leads round in a circle (validation makes
     *     that a bug)
     */
    public PlanHosts(Map<String, HostPlan> plans, Credentials credentials) {
        this.plans = new LinkedHashMap<>(plans);
        Map<String, Host> made = new LinkedHashMap<>();
        for (String name : plans.keySet()) {
            make(name, credentials, made, new ArrayList<>());
        }
        plans.keySet().forEach(name -> hosts.put(name, made.get(name)));
    }

    private Host make(String name, Credentials credentials, Map<String, Host> made, List<String> way) {
        if (made.containsKey(name)) {
            return made.get(name);
        }
        HostPlan plan = plans.get(name);
        if (plan == null) {
            throw new IllegalArgumentException("the plan has no host " + name);
        }
        if (way.contains(name)) {
            throw new IllegalArgumentException("jump hosts lead round in a circle: " + way);
        }
        way.add(name);
        Host host;
        if (plan.local()) {
            host = new LocalHost(name);
        } else {
            Optional<SshHost> jump = plan.jump()
                    .map(through -> make(through, credentials, made, way))
                    .filter(SshHost.class::isInstance)
                    .map(SshHost.class::cast);
            host = new SshHost(plan, credentials, jump);
        }
        made.put(name, host);
        return host;
    }

    @Override
    public Host host(String name) {
        Host host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException("the plan has no host " + name);
        }
        return host;
    }

    @Override
    public Collection<Host> all() {
        return Collections.unmodifiableCollection(hosts.values());
    }

    /** What every run's log has to say about these hosts: whose keys are not verified. */
    public List<Message> warnings() {
        return plans.values().stream()
                .filter(plan -> !plan.local() && plan.hostKey() instanceof HostPlan.HostKey.Insecure)
                .map(plan -> Message.of("remote.hostKeyNotVerified", plan.name(), plan.address()))
                .toList();
    }

    @Override
    public void close() {
        hosts.values().forEach(Host::close);
    }
}
