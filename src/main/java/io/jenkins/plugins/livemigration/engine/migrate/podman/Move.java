package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.migrate.Cancellation;
import io.jenkins.plugins.livemigration.engine.migrate.MigrationListener;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One migration under way: what all its steps share.
 *
 * @param record as it stands on both hosts
 * @param link from the source to the destination
 * @param containers as they were just before
 * @param sockets that they hold in the source's own network
 */
record Move(
        PodmanPlan plan,
        WorkloadNames names,
        TrafficSwitch traffic,
        Gate gate,
        Host source,
        Host destination,
        HostLink link,
        MigrationRecord record,
        List<ContainerFacts> containers,
        OwnSockets sockets,
        MoveFigures figures,
        MigrationListener listener,
        Cancellation cancellation,
        Timings timings) {
    Move {
        containers = List.copyOf(containers);
    }

    /** A script that only this migration may run, on either host. */
    String guarded(String body) {
        return Scripts.command(Scripts.guarded(names, record.token(), body));
    }

    /** The containers' names, as shell words. */
    List<String> containerNames() {
        return containers.stream().map(ContainerFacts::name).toList();
    }

    /** The containers' first processes, as shell words. */
    String pids() {
        return containers.stream().map(facts -> String.valueOf(facts.pid())).collect(Collectors.joining(" "));
    }

    /** A file in the staging directory, of the same name on both hosts. */
    String staged(String file) {
        return record.staging() + "/" + file;
    }
}
