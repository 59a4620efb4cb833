package io.jenkins.plugins.livemigration.engine.migrate.podman;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import java.util.List;

/** What one host must have, and what the two should have in common. */
final class HostChecks {
    private static final Version OLDEST_PODMAN = new Version(4, 3);
    private static final Version OLDEST_CRIU = new Version(3, 11);
    private static final List<String> COMPARED =
            List.of("kernel", "podman", "criu", "runtimeVersion", "conmon", "distribution", "cpu", "storage", "mtu");

    private final PodmanPlan plan;
    private final Findings findings;

    HostChecks(PodmanPlan plan, Findings findings) {
        this.plan = plan;
        this.findings = findings;
    }

    /** Everything about one host. */
    void one(String host, HostFacts facts) {
        if (!facts.get("uid").orElse("?").equals("0")) {
            findings.error(host, "notRoot");
        }
        podman(host, facts);
        criu(host, facts);
        tools(host, facts);
        if (!facts.has("stagingWritable")) {
            findings.error(host, "stagingNotWritable", plan.staging());
        }
        String type = facts.get("stagingType").orElse("?");
        if (!type.equals("tmpfs") && !type.equals("ramfs")) {
            findings.warning(host, "stagingOnDisk", plan.staging(), type);
        }
        if (plan.traffic() instanceof DriverPlan.Traffic.FloatingAddress floating && !facts.has("nicThere")) {
            findings.error(host, "noDevice", floating.device());
        }
    }

    private void podman(String host, HostFacts facts) {
        String version = facts.get("podman").orElse("");
        if (version.isEmpty()) {
            findings.error(host, "podmanMissing");
        } else if (Version.of(version).compareTo(OLDEST_PODMAN) < 0) {
            findings.error(host, "podmanTooOld", version);
        } else {
            findings.ok(host, "podman", version);
        }
    }

    private void criu(String host, HostFacts facts) {
        String version = facts.get("criu").orElse("");
        if (version.isEmpty()) {
            findings.error(host, "criuMissing");
        } else if (Version.of(version).compareTo(OLDEST_CRIU) < 0) {
            findings.error(host, "criuTooOld", version);
        } else if (!facts.has("criuCheck")) {
            findings.error(host, "criuCheckFails", facts.get("criuComplaint").orElse("?"));
        } else {
            findings.ok(host, "criu", version);
        }
        if (plan.strategy() == PodmanPlan.Strategy.PRE_COPY && !facts.has("memoryTracking")) {
            findings.notSupported(host, "noMemoryTracking", facts.get("kernel").orElse("?"));
        }
    }

    private void tools(String host, HostFacts facts) {
        require(host, facts, "flock", "util-linux");
        require(host, facts, "ssh", "openssh-client");
        require(host, facts, "ss", "iproute2");
        boolean floating = plan.traffic() instanceof DriverPlan.Traffic.FloatingAddress;
        if (floating) {
            require(host, facts, "ip", "iproute2");
            require(host, facts, "arping", "iputils-arping");
        }
        if (plan.gate() && !InnerGate.travels(plan.traffic())) {
            require(host, facts, "nft", "nftables");
        } else if (plan.gate() && !(facts.has("nft") && facts.has("nsenter"))) {
            findings.warning(host, "noInnerGate");
        }
        boolean ahead = plan.strategy() == PodmanPlan.Strategy.STOP_AND_COPY
                && plan.compression().equals("none");
        if (ahead && facts.get("perl").orElse("yes").equals("no")) {
            findings.warning(host, "noPerl");
        }
        if (!plan.volumes().isEmpty() || plan.strategy() == PodmanPlan.Strategy.CLASSIC) {
            require(host, facts, "rsync", "rsync");
        }
    }

    private void require(String host, HostFacts facts, String tool, String debianPackage) {
        if (!facts.has(tool)) {
            findings.error(host, "toolMissing", tool, debianPackage);
        }
    }

    /** What differs between the two. */
    void both(String from, HostFacts first, String to, HostFacts second) {
        for (String name : COMPARED) {
            String one = first.get(name).orElse("?");
            String two = second.get(name).orElse("?");
            if (!one.equals(two)) {
                findings.warning(from + ", " + to, "differs", name, from, one, to, two);
            }
        }
        String oneRuntime = first.get("architecture").orElse("?");
        String twoRuntime = second.get("architecture").orElse("?");
        if (!oneRuntime.equals(twoRuntime)) {
            findings.error(from + ", " + to, "architectureDiffers", from, oneRuntime, to, twoRuntime);
        }
    }
}
