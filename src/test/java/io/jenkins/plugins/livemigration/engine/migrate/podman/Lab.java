package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.PlanHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A running instance of the local lab: two hosts with real Podman and CRIU. */
public record Lab(Map<String, String> settings) {
    public static final String A = "host-a";
    public static final String B = "host-b";

    /**
     * The instance whose files are in a folder.
     *
     * @throws IOException if there is none
     */
    public static Lab in(Path folder) throws IOException {
        Map<String, String> settings = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("lab.env"))) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                settings.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return new Lab(settings);
    }

    /** The same lab with its virtual machines in the place of the two hosts. */
    Lab withVirtualMachines() {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put("LAB_HOST_A", get("LAB_VM_A"));
        changed.put("LAB_HOST_B", get("LAB_VM_B"));
        return new Lab(changed);
    }

    /** A line of its {@code lab.env}. */
    public String get(String name) {
        return Optional.ofNullable(settings.get(name)).orElseThrow();
    }

    /** The hosts as a plan names them. */
    public Map<String, HostPlan> hostPlans() {
        Map<String, HostPlan> plans = new LinkedHashMap<>();
        plans.put(A, plan(A, get("LAB_HOST_A")));
        plans.put(B, plan(B, get("LAB_HOST_B")));
        return plans;
    }

    private HostPlan plan(String name, String address) {
        return new HostPlan(
                name,
                address,
                22,
                get("LAB_SSH_USER"),
                Optional.empty(),
                Optional.of(get("LAB_SSH_KEY")),
                new HostPlan.HostKey.KnownHosts(get("LAB_KNOWN_HOSTS")),
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2));
    }

    /** New connections to both. */
    public Hosts connect() {
        Credentials nobody = name -> Optional.empty();
        return new PlanHosts(hostPlans(), nobody);
    }
}
