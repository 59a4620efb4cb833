package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JumpHostTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final TestSshServer gate = new TestSshServer().start();
    private final TestSshServer inner = new TestSshServer().start();

    @AfterEach
    void stop() {
        inner.close();
        gate.close();
    }

    private PlanHosts hosts() {
        Map<String, HostPlan> plans = new LinkedHashMap<>();
        HostPlan behind = inner.plan("inner");
        plans.put(
                "inner",
                new HostPlan(
                        behind.name(),
                        behind.address(),
                        behind.port(),
                        behind.user(),
                        behind.credentials(),
                        behind.identityFile(),
                        behind.hostKey(),
                        Optional.of("gate"),
                        behind.connectTimeout(),
                        Duration.ofMillis(300)));
        plans.put("gate", gate.plan("gate"));
        return new PlanHosts(plans, TestSshServer.password());
    }

    @Test
    void reachesAHostThroughAnother() throws Exception {
        try (PlanHosts hosts = hosts()) {
            assertThat(hosts.host("inner")
                            .run("echo here; head -c 3000000 /dev/zero | wc -c", LONG)
                            .out())
                    .startsWith("here\n3000000");
            assertThat(hosts.host("inner")
                            .run("head -c 3000000 /dev/zero", LONG)
                            .out())
                    .hasSize(3_000_000);
            assertThat(gate.sessionsEver).hasValue(1);
            assertThat(inner.sessionsEver).hasValue(1);
            assertThat(gate.executions).as("no command ran on the jump host").hasValue(0);
        }
    }

    @Test
    void signsOfLifeKeepTheInnerConnection() throws Exception {
        try (PlanHosts hosts = hosts()) {
            List<String> lines = new CopyOnWriteArrayList<>();
            RunningCommand silent = hosts.host("inner").start("echo on; sleep 3; echo off", lines::add);
            assertThat(silent.await(LONG).ok()).isTrue();
            assertThat(lines).containsExactly("on", "off");
            assertThat(inner.sessionsEver).hasValue(1);
        }
    }

    @Test
    void losingTheJumpHostLosesTheCommandAndTheNextOneReconnectsBoth() throws Exception {
        try (PlanHosts hosts = hosts()) {
            List<String> lines = new CopyOnWriteArrayList<>();
            RunningCommand running = hosts.host("inner").start("echo on; sleep 60", lines::add);
            await().atMost(LONG).until(() -> !lines.isEmpty());
            gate.cut();
            assertThat(running.await(LONG))
                    .isInstanceOfSatisfying(
                            CommandResult.Lost.class,
                            lost -> assertThat(lost.sent()).isTrue());
            assertThat(hosts.host("inner").run("echo again", LONG).out()).isEqualTo("again\n");
            assertThat(gate.sessionsEver).hasValue(2);
        }
    }

    @Test
    void namesTheJumpHostThatCannotBeReached() throws Exception {
        try (PlanHosts hosts = hosts()) {
            gate.close();
            assertThat(hosts.host("inner").probe(LONG))
                    .isInstanceOfSatisfying(Reachability.Unreached.class, unreached -> {
                        assertThat(unreached.cause()).isEqualTo(Reachability.Cause.REFUSED);
                        assertThat(unreached.detail()).contains("jump host gate");
                    });
        }
    }

    @Test
    void namesTheHostThatTheJumpHostCannotReach() throws Exception {
        try (PlanHosts hosts = hosts()) {
            inner.close();
            assertThat(hosts.host("inner").probe(LONG))
                    .isInstanceOfSatisfying(Reachability.Unreached.class, unreached -> {
                        assertThat(unreached.cause()).isEqualTo(Reachability.Cause.REFUSED);
                        assertThat(unreached.detail()).contains("jump host 127.0.0.1 cannot or may not connect");
                    });
        }
    }
}
