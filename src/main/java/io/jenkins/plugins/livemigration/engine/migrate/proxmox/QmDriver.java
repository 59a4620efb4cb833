package io.jenkins.plugins.livemigration.engine.migrate.proxmox;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.HostLeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.LeaseStore;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationOutcome;
import io.jenkins.plugins.livemigration.engine.migrate.Recovery;
import io.jenkins.plugins.livemigration.engine.migrate.Whereabouts;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.ProxmoxPlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.ShellWords;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves a guest with {@code qm migrate} (containers: {@code pct migrate}) on the node where it is, over SSH. */
final class QmDriver implements MigrationDriver {
    private final ProxmoxPlan plan;
    private final Guest guest;
    private final ClusterHosts cluster;
    private final Pace pace;
    private boolean risksTold;

    QmDriver(Guest guest, ClusterHosts cluster, Pace pace) {
        this.plan = guest.plan();
        this.guest = guest;
        this.cluster = cluster;
        this.pace = pace;
    }

    @Override
    public String name() {
        return "proxmox";
    }

    @Override
    public String workloadKey() {
        return "proxmox:" + guest.vmid();
    }

    @Override
    public List<Finding> preflight(boolean workloadPresent) throws InterruptedException {
        return new QmPreflight(guest, cluster).run(workloadPresent);
    }

    @Override
    public Map<String, Map<String, String>> environment() throws InterruptedException {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (String node : List.of(plan.from(), plan.to())) {
            CommandResult versions = cluster.run(node, "uname -r; pveversion -v");
            Map<String, String> facts = new LinkedHashMap<>();
            List<String> lines = versions.ok() ? versions.out().lines().toList() : List.of();
            for (int i = 0; i < lines.size(); i++) {
                String[] words = lines.get(i).split(": ", 2);
                if (i == 0) {
                    facts.put("kernel", lines.get(i).strip());
                } else if (words.length == 2 && NodeFacts.PACKAGES.contains(words[0])) {
                    facts.put(words[0], words[1].strip());
                }
            }
            all.put(node, facts);
        }
        return all;
    }

    @Override
    public Whereabouts locate() throws InterruptedException {
        return new QmRecovery(guest, cluster, pace).locate();
    }

    @Override
    public MigrationOutcome migrate(String from, String to, MigrationListener listener, Cancellation cancellation)
            throws InterruptedException {
        if (!risksTold) {
            risksTold = true;
            StatedRisks.of(plan).forEach(listener::note);
        }
        return new QmMove(guest, cluster, pace).run(from, to, listener, cancellation);
    }

    @Override
    public Recovery recover() throws InterruptedException {
        return new QmRecovery(guest, cluster, pace).recover();
    }

    /** On every node that is a host of the plan. */
    @Override
    public LeaseStore leases() {
        return new HostLeaseStore(cluster.known(List.of(plan.from(), plan.to())), List.of(workloadKey()));
    }

    @Override
    public void close() {
        // holds nothing of its own
    }

    /** The command that migrates; its options are the API's parameters. */
    static String command(Guest guest, String to, boolean conntrack) {
        StringBuilder command = new StringBuilder("LC_ALL=C exec " + guest.command() + " migrate " + guest.vmid());
        Map<String, String> parameters = new LinkedHashMap<>(guest.migration(to, conntrack));
        command.append(' ')
                .append(ShellWords.quote(
                        Optional.ofNullable(parameters.remove("target")).orElseThrow()));
        parameters.forEach(
                (name, value) -> command.append(" --").append(name).append(' ').append(ShellWords.quote(value)));
        return command.toString();
    }

    /** The reason of a command's failure, without the prefix that only some versions print. */
    static Message complaint(CommandResult result) {
        return Message.literal(result.complaint().replaceFirst("^(TASK )?ERROR: ", ""));
    }
}
