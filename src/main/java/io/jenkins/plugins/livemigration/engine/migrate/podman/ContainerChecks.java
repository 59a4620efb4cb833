package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.join;
import static io.jenkins.plugins.livemigration.engine.remote.ShellWords.quote;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.remote.CommandResult;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Whether the containers, as they run now, can be moved to the other host. */
final class ContainerChecks {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Set<String> RUNTIMES = Set.of("runc", "crun");

    private final PodmanPlan plan;
    private final Findings findings;

    ContainerChecks(PodmanPlan plan, Findings findings) {
        this.plan = plan;
        this.findings = findings;
    }

    /** Looks at the containers where they run, and at what they need on the other host. */
    void run(Host source, Host destination, HostFacts sourceFacts, HostFacts destinationFacts)
            throws InterruptedException {
        CommandResult inspected =
                source.run(Scripts.command("podman container inspect " + join(plan.containers())), TIMEOUT);
        if (!inspected.ok()) {
            findings.error(source.name(), "cannotInspect", inspected.complaint());
            return;
        }
        List<ContainerFacts> containers = ContainerFacts.parse(inspected.out());
        for (ContainerFacts container : containers) {
            supervision(source, container);
            needs(destination, container);
        }
        memory(source, sourceFacts, destination.name(), destinationFacts);
    }

    private void supervision(Host source, ContainerFacts container) throws InterruptedException {
        String name = container.name();
        if (container.autoRemove()) {
            findings.error(source.name(), "autoRemove", name);
        }
        if (!container.systemdUnit().isEmpty()) {
            findings.error(source.name(), "systemdUnit", name, container.systemdUnit());
        }
        String policy = container.restartPolicy();
        if (!policy.isEmpty() && !policy.equals("no")) {
            findings.error(source.name(), "restartPolicy", name, policy);
        }
        if (container.healthCheck()) {
            findings.error(source.name(), "healthCheck", name);
        }
        if (!container.pod().isEmpty()) {
            findings.error(source.name(), "inPod", name);
        }
        if (!RUNTIMES.contains(container.runtime())) {
            findings.error(source.name(), "runtimeUnknown", name, container.runtime());
        }
        CommandResult units = source.run(
                Scripts.command(
                        "grep -lsw -- %1$s /etc/systemd/system/*.service /etc/containers/systemd/*.container || true"
                                .formatted(quote(name))),
                TIMEOUT);
        if (units.ok() && !units.out().isBlank() && container.systemdUnit().isEmpty()) {
            findings.warning(
                    source.name(), "namedInUnit", name, units.out().strip().replace("\n", ", "));
        }
        for (String volume : container.namedVolumes()) {
            findings.error(source.name(), "namedVolume", name, volume);
        }
        for (String bind : container.bindSources()) {
            if (plan.volumes().stream().noneMatch(volume -> within(bind, volume))) {
                findings.warning(source.name(), "bindNotListed", name, bind);
            }
        }
    }

    private static boolean within(String path, String directory) {
        String parent = directory.endsWith("/") ? directory : directory + "/";
        return (path + "/").startsWith(parent);
    }

    private void needs(Host destination, ContainerFacts container) throws InterruptedException {
        String name = container.name();
        String script = """
                podman image exists %1$s && echo image
                podman container exists %2$s && echo name
                for network in %3$s; do podman network exists "$network" || echo "network $network"; done
                for directory in %4$s; do [ -e "$directory" ] || echo "directory $directory"; done
                podman --runtime %5$s info --format 'runtime {{.Host.OCIRuntime.Name}}' 2>/dev/null
                true
                """.formatted(
                        quote(container.imageId()),
                        quote(name),
                        container.hostNetwork() ? "" : join(List.copyOf(container.networks())),
                        join(container.bindSources()),
                        quote(container.runtime()));
        CommandResult result = destination.run(Scripts.command(script), TIMEOUT);
        if (!result.ok()) {
            findings.error(destination.name(), "cannotInspect", result.complaint());
            return;
        }
        List<String> lines = result.out().lines().toList();
        if (!lines.contains("image")) {
            findings.error(destination.name(), "imageMissing", container.imageName(), container.imageId());
        }
        if (lines.contains("name")) {
            findings.error(destination.name(), "nameTaken", name);
        }
        if (!lines.contains("runtime " + container.runtime())) {
            findings.error(destination.name(), "runtimeMissing", container.runtime(), name);
        }
        for (String line : lines) {
            if (line.startsWith("network ")) {
                findings.error(destination.name(), "networkMissing", line.substring("network ".length()), name);
            }
            if (line.startsWith("directory ")
                    && plan.volumes().stream()
                            .noneMatch(volume -> within(line.substring("directory ".length()), volume))) {
                findings.error(destination.name(), "directoryMissing", line.substring("directory ".length()), name);
            }
        }
    }

    /** The archives of all containers must fit where they are staged, on both hosts. */
    private void memory(Host source, HostFacts sourceFacts, String destination, HostFacts destinationFacts)
            throws InterruptedException {
        String script = """
                for name in %s; do podman top "$name" hpid | sed 1d; done |
                  while read -r pid; do sed -n 's/^VmRSS:[^0-9]*\\([0-9]*\\).*/\\1/p' "/proc/$pid/status"; done |
                  awk '{ sum += $1 } END { print sum + 0 }'
                """.formatted(join(plan.containers()));
        CommandResult result = source.run(Scripts.command(script), TIMEOUT);
        if (!result.ok()) {
            return;
        }
        long needed = Long.parseLong(result.out().strip());
        check(destination, destinationFacts, needed);
        if (plan.strategy() != PodmanPlan.Strategy.STOP_AND_COPY) {
            check(source.name(), sourceFacts, needed);
        }
    }

    private void check(String host, HostFacts facts, long neededKiB) {
        long free = facts.number("stagingFree");
        if (free > 0 && free < neededKiB * 5 / 4) {
            findings.error(host, "stagingTooSmall", plan.staging(), free / 1024, neededKiB / 1024);
        }
    }
}
