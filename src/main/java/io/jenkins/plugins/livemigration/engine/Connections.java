package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.migrate.proxmox.ProxmoxDrivers;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan.Access;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.Reachability;
import io.jenkins.plugins.livemigration.engine.remote.ReachabilityMessages;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Tries a plan's hosts and its clusters' APIs, side by side so that one that is silent delays none. Touches no workload. */
final class Connections {
    private static final int SIDE_BY_SIDE = 8;
    private static final double NANOS_PER_MILLI = 1e6;

    private final BenchmarkPlan plan;
    private final Hosts hosts;
    private final Credentials credentials;
    private final Duration limit;

    /**
     * Connects to nothing yet.
     *
     * @param limit for all together; who has not answered then is said to be silent
     */
    Connections(BenchmarkPlan plan, Hosts hosts, Credentials credentials, Duration limit) {
        this.plan = plan;
        this.hosts = hosts;
        this.credentials = credentials;
        this.limit = limit;
    }

    /** What is found of each, by its name for people: hosts first, then clusters, called by their scenario. */
    Map<Message, List<Finding>> check() throws InterruptedException {
        Map<Message, Callable<List<Finding>>> looks = new LinkedHashMap<>();
        for (HostPlan host : plan.hosts().values()) {
            looks.put(Message.of("engine.host", host.name()), () -> look(host));
        }
        List<Access> seen = new ArrayList<>();
        for (ScenarioPlan scenario : plan.scenarios()) {
            if (scenario.driver() instanceof ProxmoxPlan proxmox
                    && proxmox.access() instanceof Access.Api api
                    && !seen.contains(api)) {
                seen.add(api);
                looks.put(
                        Message.of("engine.cluster", scenario.name()),
                        () -> ProxmoxDrivers.connection(api, credentials));
            }
        }
        return looks.isEmpty() ? Map.of() : together(looks);
    }

    private Map<Message, List<Finding>> together(Map<Message, Callable<List<Finding>>> looks)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(SIDE_BY_SIDE, looks.size()), task -> {
            Thread thread = new Thread(task, "connection check");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<List<Finding>>> answers =
                    threads.invokeAll(looks.values(), limit.toMillis(), TimeUnit.MILLISECONDS);
            Map<Message, List<Finding>> findings = new LinkedHashMap<>();
            int next = 0;
            for (Message place : looks.keySet()) {
                findings.put(place, answer(answers.get(next++)));
            }
            return findings;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Finding> answer(Future<List<Finding>> look) throws InterruptedException {
        try {
            return look.get();
        } catch (CancellationException silent) {
            return List.of(new Finding(
                    Finding.Severity.ERROR,
                    "connection",
                    Message.of("engine.silent", limit.toSeconds()),
                    Message.of("engine.silentRemedy")));
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        }
    }

    private List<Finding> look(HostPlan host) throws InterruptedException {
        Reachability reached = hosts.host(host.name()).probe(limit);
        if (reached instanceof Reachability.Unreached unreached) {
            ReachabilityMessages why = ReachabilityMessages.of(host, unreached);
            return List.of(new Finding(Finding.Severity.ERROR, host.name(), why.problem(), why.remedy()));
        }
        List<Finding> findings = new ArrayList<>();
        if (host.hostKey() instanceof HostPlan.HostKey.Insecure && !host.local()) {
            findings.add(new Finding(
                    Finding.Severity.WARNING,
                    host.name(),
                    Message.of("engine.insecureHost", host.name()),
                    Message.of("engine.insecureHostRemedy", host.name())));
        }
        long nanos = ((Reachability.Reached) reached).roundTrip().toNanos();
        findings.add(new Finding(
                Finding.Severity.OK,
                host.name(),
                Message.of("engine.answers", String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MILLI)),
                Message.of("engine.nothingToDo")));
        return findings;
    }
}
