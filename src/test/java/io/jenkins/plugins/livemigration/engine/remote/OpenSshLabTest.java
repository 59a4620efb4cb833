package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.livemigration.engine.migrate.podman.Lab;
import io.jenkins.plugins.livemigration.engine.migrate.podman.LabExtension;
import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against the OpenSSH servers of a lab. Leaves nothing behind there. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@Timeout(60)
class OpenSshLabTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private PlanHosts hosts;

    @BeforeEach
    void connect(Lab lab) {
        Map<String, HostPlan> plans = new HashMap<>();
        plans.put("a", plan(lab, "a", "LAB_HOST_A", Optional.empty()));
        plans.put("b", plan(lab, "b", "LAB_HOST_B", Optional.of("a")));
        hosts = new PlanHosts(plans, name -> Optional.empty());
    }

    @AfterEach
    void disconnect() {
        if (hosts != null) {
            hosts.close();
        }
    }

    @Test
    void manyCommandsAtOnceShareOneConnection() throws Exception {
        List<RunningCommand> running = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            running.add(hosts.host("a").start("sleep 0.05; echo $SSH_CONNECTION", line -> {}));
        }
        List<String> connections = new ArrayList<>();
        for (RunningCommand command : running) {
            connections.add(command.await(LONG).out());
        }
        assertThat(connections).hasSize(40).allMatch(connections.get(0)::equals).doesNotContain("");
    }

    @Test
    void aTimeOutKillsTheWholeProcessGroup() throws Exception {
        CommandResult result = hosts.host("a").run("sleep 301 & sleep 301 & echo $! $$; wait", Duration.ofSeconds(1));
        assertThat(result)
                .isInstanceOfSatisfying(
                        CommandResult.Lost.class, lost -> assertThat(lost.why()).endsWith("killed"));
        String pids = result.out().strip();
        await().atMost(LONG)
                .until(() -> !hosts.host("a").run("kill -0 " + pids, LONG).ok());
        assertThat(hosts.host("a").run("pgrep -x sleep -a | grep 301", LONG).out())
                .isEmpty();
    }

    @Test
    void aHostIsReachedThroughAnother() throws Exception {
        assertThat(hosts.host("b").run("hostname; echo $SSH_CONNECTION", LONG).ok())
                .isTrue();
    }

    @Test
    void theClockOfAHostOnTheSameMachineIsOurs() throws Exception {
        ClockOffset offset = hosts.host("a").clockOffset(LONG).orElseThrow();
        assertThat(Math.abs(offset.offsetNanos())).isLessThanOrEqualTo(offset.uncertaintyNanos() + 50_000);
        assertThat(offset.uncertaintyNanos()).isLessThan(5_000_000);
    }

    @Test
    void aCommandCostsLittleMoreThanARoundTrip(TestReporter reporter) throws Exception {
        long[] micros = new long[200];
        Host host = hosts.host("a");
        host.run(":", LONG);
        for (int i = -50; i < micros.length; i++) {
            long begin = System.nanoTime();
            assertThat(host.run(":", LONG).ok()).isTrue();
            if (i >= 0) {
                micros[i] = (System.nanoTime() - begin) / 1000;
            }
        }
        Arrays.sort(micros);
        reporter.publishEntry(
                "command latency, microseconds",
                "median " + micros[100] + ", p90 " + micros[180] + ", max " + micros[199]);
        assertThat(micros[100]).as("median, microseconds").isLessThan(25_000);
    }

    private static HostPlan plan(Lab lab, String name, String address, Optional<String> jump) {
        return new HostPlan(
                name,
                lab.get(address),
                22,
                lab.get("LAB_SSH_USER"),
                Optional.empty(),
                Optional.of(lab.get("LAB_SSH_KEY")),
                new HostPlan.HostKey.KnownHosts(lab.get("LAB_KNOWN_HOSTS")),
                jump,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
    }
}
