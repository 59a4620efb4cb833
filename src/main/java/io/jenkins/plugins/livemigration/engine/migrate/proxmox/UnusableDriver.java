package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stands where a driver cannot be made, for want of a secret or of a readable certificate, and says so in preflight. */
final class UnusableDriver implements MigrationDriver, LeaseStore {
    private final ProxmoxPlan plan;
    private final List<Finding> findings;
    private final Message problem;

    /** Unusable for the first of these findings. */
    UnusableDriver(ProxmoxPlan plan, Findings findings) {
        this.plan = plan;
        this.findings = findings.all();
        this.problem = findings.all().get(0).problem();
    }

    @Override
    public String name() {
        return "proxmox";
    }

    @Override
    public String workloadKey() {
        return "proxmox:" + plan.vmid();
    }

    @Override
    public List<Finding> preflight(boolean workloadPresent) {
        return findings;
    }

    @Override
    public Map<String, Map<String, String>> environment() {
        return Map.of();
    }

    @Override
    public Whereabouts locate() {
        return new Whereabouts.Unknown(problem);
    }

    @Override
    public MigrationOutcome migrate(String from, String to, MigrationListener listener, Cancellation cancellation) {
        return new MigrationOutcome.Failed("prepare", problem, locate());
    }

    @Override
    public Recovery recover() {
        return new Recovery(locate(), List.of());
    }

    @Override
    public LeaseStore leases() {
        return this;
    }

    @Override
    public Attempt acquire(String owner, Duration validity) {
        return new Impossible(problem.toString());
    }

    @Override
    public boolean renew(Held lease, Duration validity) {
        return false;
    }

    @Override
    public Optional<String> release(Held lease) {
        return Optional.empty();
    }

    @Override
    public List<Holder> holders() {
        return List.of();
    }

    @Override
    public List<Holder> breakLease() {
        return List.of();
    }

    @Override
    public void close() {
        // holds nothing
    }
}
