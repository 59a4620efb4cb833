package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.history.BaselineChoice;
import io.jenkins.plugins.livemigration.engine.journal.Journal;
import io.jenkins.plugins.livemigration.engine.journal.JournalEntry;
import io.jenkins.plugins.livemigration.engine.journal.JournalEvent;
import io.jenkins.plugins.livemigration.engine.journal.RunClock;
import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.observe.ObservationPreflight;
import io.jenkins.plugins.livemigration.engine.observe.Probes;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.result.RunEnd;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the front doors open: runs a plan, checks it, recovers and unlocks its workloads. One call at a time, on one thread.
 */
public final class Engine {
    private static final Duration BETWEEN_RESCUES = Duration.ofSeconds(3);
    private static final Duration CONNECTIONS = Duration.ofSeconds(20);

    private final ParsedPlan.Valid plan;
    private final Hosts hosts;
    private final Drivers drivers;
    private final Probes probes;
    private final String owner;
    private final Credentials credentials;

    /**
     * An engine for one plan.
     *
     * @param hosts of the plan; closed by their owner
     * @param freshConnections to the same hosts, for whoever must not share a connection; closed by whoever asks
     * @param credentials for platforms that are not reached through hosts
     * @param owner who runs it, for people who meet its lease ({@code user@machine})
     */
    public Engine(
            ParsedPlan.Valid plan,
            Hosts hosts,
            Supplier<Hosts> freshConnections,
            Credentials credentials,
            Probes probes,
            String owner) {
        this.plan = plan;
        this.hosts = hosts;
        this.drivers = new Drivers(plan.plan(), hosts, freshConnections, credentials);
        this.probes = probes;
        this.owner = owner;
        this.credentials = credentials;
    }

    /**
     * Runs the plan.
     *
     * @param folder new and empty
     * @param baseline with what the run is compared when its moves are done, so that a suspicion is looked at once more
     * @param follower is shown every journal entry as it is written
     * @param breakOff asks to end now: the migration under way is led back, or forward behind the point of no return
     * @param afterSample asks to end after the current sample
     * @throws IOException if the journal cannot be begun; nothing was touched then
     */
    public RunEnd run(
            RunFolder folder,
            BaselineChoice baseline,
            Consumer<JournalEntry> follower,
            Cancellation breakOff,
            Cancellation afterSample)
            throws IOException, InterruptedException {
        BenchmarkPlan what = plan.plan();
        LiveSummary summary = new LiveSummary(what, new TraceFiles(folder.path()));
        RunClock clock = RunClock.startingNow();
        try (Journal journal = Journal.create(folder.path(), clock, summary.andThen(follower))) {
            summary.sayIn(journal);
            journal.append(new JournalEvent.RunStarted(
                    Journal.FORMAT_VERSION, folder.runId(), what.name(), EngineVersion.current(), plan.canonical()));
            Rescue rescue = new Rescue(journal, BETWEEN_RESCUES);
            LeaseKeeper leases = new LeaseKeeper(journal, owner + ", run " + folder.runId(), breakOff::request);
            WorkloadControl workloads = new WorkloadControl(hosts);
            try (Stage stage = new Stage(
                    what, journal, new Surroundings(journal, hosts), drivers.all(), workloads, leases, rescue)) {
                SampleRun samples = new SampleRun(
                        what, journal, folder, hosts, probes, new StateCheckpoint(hosts, journal), rescue);
                Suspicion suspicion = new BaselineSuspicion(folder.path(), baseline, journal);
                return new Benchmark(what, journal, stage, samples, summary, suspicion, breakOff, afterSample).run();
            }
        }
    }

    /** What preflight finds for every scenario, by its name. Touches nothing. */
    public Map<String, List<Finding>> check() throws InterruptedException {
        Map<String, List<Finding>> findings = new LinkedHashMap<>();
        for (ScenarioPlan scenario : plan.plan().scenarios()) {
            try (MigrationDriver driver = drivers.of(scenario)) {
                findings.put(scenario.name(), check(scenario, driver));
            }
        }
        return findings;
    }

    /**
     * Whether the plan's hosts answer and its clusters' APIs let us in, by their names for people. Asks nothing about a
     * workload, and takes at most twenty seconds.
     */
    public Map<Message, List<Finding>> checkConnections() throws InterruptedException {
        return new Connections(plan.plan(), hosts, credentials, CONNECTIONS).check();
    }

    private List<Finding> check(ScenarioPlan scenario, MigrationDriver driver) throws InterruptedException {
        List<Finding> findings =
                new ArrayList<>(driver.preflight(scenario.workload().isEmpty()));
        findings.addAll(ObservationPreflight.of(plan.plan(), scenario, hosts));
        Optional<LeaseStore.Holder> holder = LeaseKeeper.holder(driver.leases());
        if (holder.isEmpty()) {
            return findings;
        }
        // What else was found is the doing of a run that is under way.
        return List.of(new Finding(
                Finding.Severity.ERROR,
                driver.workloadKey(),
                Message.of("engine.leased", holder.get().owner(), holder.get().place()),
                Message.of("engine.leasedRemedy")));
    }

    /**
     * Recovers every workload of the plan, after a run that died.
     *
     * @param deadRun id of the run that died: its lease may be taken over at once; any other living lease is respected
     */
    public Map<String, RecoveryAttempt> recover(Optional<String> deadRun) throws InterruptedException {
        Map<String, RecoveryAttempt> attempts = new LinkedHashMap<>();
        for (ScenarioPlan scenario : plan.plan().scenarios()) {
            try (MigrationDriver driver = drivers.of(scenario)) {
                if (!attempts.containsKey(driver.workloadKey())) {
                    attempts.put(driver.workloadKey(), recover(driver, deadRun));
                }
            }
        }
        return attempts;
    }

    private RecoveryAttempt recover(MigrationDriver driver, Optional<String> deadRun) throws InterruptedException {
        LeaseStore leases = driver.leases();
        LeaseStore.Attempt attempt = leases.acquire(owner + ", recovery", LeaseKeeper.VALIDITY.multipliedBy(5));
        if (attempt instanceof LeaseStore.Refused refused
                && deadRun.filter(refused.holder().owner()::contains).isPresent()) {
            leases.breakLease();
            attempt = leases.acquire(owner + ", recovery", LeaseKeeper.VALIDITY.multipliedBy(5));
        }
        if (attempt instanceof LeaseStore.Refused refused) {
            return new RecoveryAttempt.Refused(refused.holder());
        }
        Recovery recovery = driver.recover();
        if (attempt instanceof LeaseStore.Held held) {
            leases.release(held);
        }
        return new RecoveryAttempt.Done(recovery);
    }

    /** What came of an attempt to recover a workload. */
    public sealed interface RecoveryAttempt {
        /** It was tried; {@link Recovery#alive()} tells whether it helped. */
        record Done(Recovery recovery) implements RecoveryAttempt {
            /** Where the workload is now, as a sentence. */
            public Message whereabouts() {
                return Rescue.describe(recovery.whereabouts());
            }
        }

        /** Somebody holds the lease and may be at work. */
        record Refused(LeaseStore.Holder holder) implements RecoveryAttempt {}
    }

    /** Removes the leases on all workloads of the plan, by a person's wish. Returns who held them. */
    public List<LeaseStore.Holder> unlock() throws InterruptedException {
        List<LeaseStore.Holder> removed = new ArrayList<>();
        for (ScenarioPlan scenario : plan.plan().scenarios()) {
            try (MigrationDriver driver = drivers.of(scenario)) {
                removed.addAll(driver.leases().breakLease());
            }
        }
        return removed;
    }

    /** Who holds a lease on a workload of the plan. */
    public List<LeaseStore.Holder> holders() throws InterruptedException {
        List<LeaseStore.Holder> holders = new ArrayList<>();
        for (ScenarioPlan scenario : plan.plan().scenarios()) {
            try (MigrationDriver driver = drivers.of(scenario)) {
                holders.addAll(driver.leases().holders());
            }
        }
        return holders.stream().distinct().toList();
    }
}
