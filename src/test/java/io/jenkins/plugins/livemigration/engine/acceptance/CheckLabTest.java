package io.jenkins.plugins.livemigration.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.migrate.podman.Lab;
import io.jenkins.plugins.livemigration.engine.migrate.podman.LabExtension;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code lmb check} says whether a run could start, and leaves no trace of itself. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@Timeout(180)
class CheckLabTest {
    private static final Duration STEP = Duration.ofSeconds(60);

    /**
     * Everything that a run changes, and every file but those that others write when they are asked: Podman, and CRIU,
     * which keeps in /run/criu.kdat what the kernel can do.
     */
    private static final String SNAPSHOT = """
            podman ps -a --no-trunc --format '{{.ID}} {{.Names}} {{.State}}'
            podman images -a --no-trunc --format '{{.ID}} {{.Repository}}'
            podman container inspect --format '{{.State.Pid}} {{.State.StartedAt}}' $(podman ps -aq)
            nft list ruleset
            iptables-save | grep '^-'
            ip -o address
            ip route
            mount
            pgrep -lx 'counter|conmon|ssh'
            find / /run /dev/shm /srv -xdev -path /var/lib/containers -prune -o -path /run/containers -prune \\
              -o -path /run/libpod -prune -o -path /run/crun -prune -o -path /run/runc -prune \\
              -o -path /run/criu.kdat -o -type d -printf '%p/ %m\\n' \\
              -o \\( -type f -o -type s -o -type p \\) -printf '%p %s %T@ %C@ %m\\n' | sort -u
            """;

    @TempDir
    Path folder;

    @Test
    void touchesNothing(Lab lab) throws Exception {
        try (LabService service = new LabService(lab)) {
            service.startAfresh(8, 1);
            Path plan = new PlanFile(lab).write(folder, "checked");
            service.ask();
            Set<String> before = snapshot(service);
            List<String> filesBefore = files();
            EngineProcess.Ended ended = EngineProcess.run(folder, "check", plan.toString());

            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(changes(before, snapshot(service))).isEmpty();
            assertThat(files())
                    .filteredOn(file -> !file.contains("engine-check"))
                    .isEqualTo(filesBefore);
            assertThat(service.leftovers()).isEmpty();
            assertThat(service.runsOn()).containsExactly(Lab.A);
            service.wipe();
        }
    }

    /** Lines that say what is where. */
    private static Set<String> snapshot(LabService service) throws InterruptedException {
        Set<String> all = new LinkedHashSet<>();
        for (String host : List.of(Lab.A, Lab.B)) {
            service.on(host, SNAPSHOT).lines().forEach(line -> all.add(host + ": " + line));
        }
        new LocalHost("here")
                .run("ip -o address | sed 's/valid_lft.*//'; ip route; nft list tables", STEP)
                .out()
                .lines()
                .forEach(line -> all.add("here: " + line));
        assertThat(all).as("lines of the snapshot").hasSizeGreaterThan(1_000);
        return all;
    }

    private static List<String> changes(Set<String> before, Set<String> after) {
        return Stream.concat(
                        before.stream().filter(line -> !after.contains(line)).map(line -> "gone: " + line),
                        after.stream().filter(line -> !before.contains(line)).map(line -> "new: " + line))
                .toList();
    }

    private List<String> files() throws Exception {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.map(Path::toString).sorted().toList();
        }
    }
}
