package io.jenkins.plugins.livemigration.engine.acceptance;

import io.jenkins.plugins.livemigration.engine.migrate.podman.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Writes plans that move the lab's service to and fro. */
final class PlanFile {
    /** What is observed ahead of the request. */
    static final Duration BEFORE = Duration.ofMillis(500);

    private final Lab lab;
    private int samples = 1;
    private int intervalMillis = 10;
    private int moreProbes;
    private String destination;
    private String after = "1 s";
    private String more = "";

    PlanFile(Lab lab) {
        this.lab = lab;
        this.destination = lab.get("LAB_HOST_B");
    }

    /** Samples per direction. */
    PlanFile samples(int perDirection) {
        samples = perDirection;
        return this;
    }

    /** Spacing of the UDP probes. */
    PlanFile intervalMillis(int millis) {
        intervalMillis = millis;
        return this;
    }

    /** UDP probes beside the primary one. */
    PlanFile moreProbes(int number) {
        moreProbes = number;
        return this;
    }

    /** Another address for host B. */
    PlanFile destination(String address) {
        destination = address;
        return this;
    }

    /** How long is observed behind the confirmation. */
    PlanFile after(String time) {
        after = time;
        return this;
    }

    /** More keys, as YAML. */
    PlanFile with(String keys) {
        more = keys;
        return this;
    }

    /** Writes it as {@code NAME.yaml} into a folder. */
    Path write(Path folder, String name) throws IOException {
        return write(folder, name, name);
    }

    /** Writes it as {@code FILE.yaml} into a folder, under another name. */
    Path write(Path folder, String file, String name) throws IOException {
        StringBuilder probes = new StringBuilder();
        for (int i = 0; i <= moreProbes; i++) {
            probes.append(String.format(
                    Locale.ROOT,
                    "  - udp: {host: %s, port: %d, intervalMillis: %d%s}%n",
                    lab.get("LAB_FLOATING"),
                    LabService.PORT,
                    intervalMillis,
                    i == 0 ? ", primary: true" : ""));
        }
        String plan = """
                name: %1$s
                hosts:
                  host-a:
                    address: %2$s
                    identityFile: %4$s
                    knownHosts: %5$s
                    connectTimeout: 5 s
                  host-b:
                    address: %3$s
                    identityFile: %4$s
                    knownHosts: %5$s
                    connectTimeout: 5 s
                driver:
                  podman:
                    from: host-a
                    to: host-b
                    containers: [%6$s]
                    traffic:
                      floatingAddress: {address: %7$s/24, device: eth0}
                samples: %8$d
                warmup: 0
                window: {before: %12$d ms, after: %9$s}
                probes:
                %10$s
                state:
                  http: http://%7$s:%11$d/
                  extract: '"id": *"([0-9a-f]+)"'
                """.formatted(
                        name,
                        lab.get("LAB_HOST_A"),
                        destination,
                        lab.get("LAB_SSH_KEY"),
                        lab.get("LAB_KNOWN_HOSTS"),
                        LabService.NAME,
                        lab.get("LAB_FLOATING"),
                        samples,
                        after,
                        probes.toString().stripTrailing(),
                        LabService.PORT,
                        BEFORE.toMillis());
        return Files.writeString(folder.resolve(file + ".yaml"), plan + more);
    }
}
