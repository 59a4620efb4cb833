package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.migrate.MachineFacts;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.observe.ObservationPreflight;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.remote.ClockOffset;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.ClockReading;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Records what surrounds a run: facts about the hosts, their clocks, and how safely they are reached. */
final class Surroundings {
    private static final Duration CLOCK_TIMEOUT = Duration.ofSeconds(10);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Journal journal;
    private final Hosts hosts;

    Surroundings(Journal journal, Hosts hosts) {
        this.journal = journal;
        this.hosts = hosts;
    }

    /** Whether the scenario can be watched as the plan wants it. */
    List<Finding> preflight(BenchmarkPlan plan, ScenarioPlan scenario) throws InterruptedException {
        return ObservationPreflight.of(plan, scenario, hosts);
    }

    /** Writes the environment, the clocks and what the reader must know of the connections to the journal. */
    void record(BenchmarkPlan plan, Collection<MigrationDriver> drivers) throws InterruptedException {
        for (HostPlan host : plan.hosts().values()) {
            if (host.hostKey() instanceof HostPlan.HostKey.Insecure && !host.local()) {
                journal.append(new JournalEvent.Noted(Message.of("engine.insecureHost", host.name())));
            }
        }
        Map<String, Map<String, String>> environment = new LinkedHashMap<>();
        for (MigrationDriver driver : drivers) {
            driver.environment()
                    .forEach((host, facts) -> environment
                            .computeIfAbsent(host, name -> new TreeMap<>())
                            .putAll(facts));
        }
        addMachines(environment);
        journal.append(new JournalEvent.EnvironmentRead(environment));
        List<ClockReading> clocks = new ArrayList<>();
        for (Host host : hosts.all()) {
            Optional<ClockOffset> offset = host.clockOffset(CLOCK_TIMEOUT);
            offset.ifPresent(value -> clocks.add(new ClockReading(
                    host.name(), value.offsetNanos() / NANOS_PER_MILLI, value.uncertaintyNanos() / NANOS_PER_MILLI)));
        }
        journal.append(new JournalEvent.ClocksRead(clocks));
    }

    /** What a platform's interface does not tell of its hosts, those say that the plan has a shell on. */
    private void addMachines(Map<String, Map<String, String>> environment) throws InterruptedException {
        for (Host host : hosts.all()) {
            Map<String, String> facts = environment.get(host.name());
            if (facts != null && !facts.containsKey(MachineFacts.ALWAYS_KNOWN)) {
                MachineFacts.of(host).forEach(facts::putIfAbsent);
            }
        }
    }
}
