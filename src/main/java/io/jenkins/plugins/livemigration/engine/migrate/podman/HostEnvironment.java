package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The facts about both hosts that a run records: what a team upgrades, and how it migrates. */
final class HostEnvironment {
    /** Facts of {@link HostFacts} that describe a host rather than its present condition. */
    private static final List<String> RECORDED = List.of(
            "kernel",
            "architecture",
            "distribution",
            "cpu",
            "cpus",
            "microcode",
            "firmware",
            "governor",
            "memoryKiB",
            "podman",
            "criu",
            "memoryTracking",
            "runtime",
            "runtimeVersion",
            "conmon",
            "storage",
            "cgroups",
            "networkBackend",
            "nic",
            "nicDriver",
            "nicSpeed",
            "mtu",
            "stagingType");

    private final PodmanPlan plan;

    HostEnvironment(PodmanPlan plan) {
        this.plan = plan;
    }

    /** Asks both hosts; one that is silent has no facts. */
    Map<String, Map<String, String>> collect(Host from, Host to) throws InterruptedException {
        String device = device(plan);
        CompletableFuture<HostFacts.Answer> second = Waiting.start(() -> HostFacts.collect(to, plan.staging(), device));
        HostFacts.Answer first = HostFacts.collect(from, plan.staging(), device);
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put(from.name(), facts(first));
        all.put(to.name(), facts(Waiting.join(second)));
        return all;
    }

    /** The network device that clients come through, where the plan names it; empty for that of the default route. */
    static String device(PodmanPlan plan) {
        return plan.traffic() instanceof DriverPlan.Traffic.FloatingAddress floating ? floating.device() : "";
    }

    private Map<String, String> facts(HostFacts.Answer answer) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (answer instanceof HostFacts.Told told) {
            RECORDED.forEach(name -> told.facts().get(name).ifPresent(value -> facts.put(name, value)));
            facts.put(
                    "strategy", plan.strategy().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            facts.put("compression", plan.compression());
            facts.put("staging", plan.staging());
            facts.put("gate", String.valueOf(plan.gate()));
        }
        return facts;
    }
}
