package io.jenkins.plugins.livemigration.engine;

import io.jenkins.plugins.livemigration.engine.migrate.MigrationDriver;
import io.jenkins.plugins.livemigration.engine.migrate.command.CommandDriver;
import io.jenkins.plugins.livemigration.engine.migrate.podman.PodmanDriver;
import io.jenkins.plugins.livemigration.engine.migrate.proxmox.ProxmoxDrivers;
import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan;
import io.jenkins.plugins.livemigration.engine.plan.ScenarioPlan;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the drivers that a plan asks for. They connect to nothing yet. */
final class Drivers {
    private final BenchmarkPlan plan;
    private final Hosts hosts;
    private final Supplier<Hosts> freshConnections;
    private final Credentials credentials;

    /**
     * Makes drivers for this plan.
     *
     * @param hosts kept connections; closed by their owner
     * @param freshConnections connections of their own, closed by whoever asks for them
     * @param credentials for platforms that are not reached through hosts
     */
    Drivers(BenchmarkPlan plan, Hosts hosts, Supplier<Hosts> freshConnections, Credentials credentials) {
        this.plan = plan;
        this.hosts = hosts;
        this.freshConnections = freshConnections;
        this.credentials = credentials;
    }

    /** A driver for every scenario, by the scenario's name. */
    Map<String, MigrationDriver> all() {
        Map<String, MigrationDriver> drivers = new LinkedHashMap<>();
        for (ScenarioPlan scenario : plan.scenarios()) {
            drivers.put(scenario.name(), of(scenario));
        }
        return drivers;
    }

    /** A driver for one scenario. */
    MigrationDriver of(ScenarioPlan scenario) {
        if (scenario.driver() instanceof DriverPlan.PodmanPlan podman) {
            return new PodmanDriver(podman, plan.hosts(), hosts, freshConnections);
        }
        if (scenario.driver() instanceof DriverPlan.ProxmoxPlan proxmox) {
            return ProxmoxDrivers.of(
                    proxmox, plan.directions() == BenchmarkPlan.Directions.TO_AND_FRO, hosts, credentials);
        }
        return new CommandDriver((DriverPlan.CommandPlan) scenario.driver(), hosts);
    }
}
