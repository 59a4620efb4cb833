package io.jenkins.plugins.livemigration.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.livemigration.engine.plan.HostPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanHostsTest {
    private static final Credentials NONE = name -> {
        throw new AssertionError("no secret is asked for before a connection is wanted");
    };

    @Test
    void keepsThePlansOrderWhateverTheJumps() {
        try (PlanHosts hosts = new PlanHosts(plans(ssh("b", "c"), ssh("a", null), ssh("c", null)), NONE)) {
            assertThat(hosts.all()).extracting(Host::name).containsExactly("b", "a", "c");
        }
    }

    @Test
    void theAddressLocalIsThisMachine() {
        try (PlanHosts hosts = new PlanHosts(plans(host("me", "local", null, false)), NONE)) {
            assertThat(hosts.host("me")).isInstanceOf(LocalHost.class);
        }
    }

    @Test
    void refusesNamesThatThePlanHasNot() {
        try (PlanHosts hosts = new PlanHosts(plans(ssh("a", null)), NONE)) {
            assertThatThrownBy(() -> hosts.host("b")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new PlanHosts(plans(ssh("a", "b")), NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesJumpsInACircle() {
        assertThatThrownBy(() -> new PlanHosts(plans(ssh("a", "b"), ssh("b", "a")), NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void warnsOfHostsWhoseKeysAreNotVerified() {
        try (PlanHosts hosts = new PlanHosts(plans(ssh("a", null), host("b", "b.example.org", null, true)), NONE)) {
            assertThat(hosts.warnings())
                    .hasSize(1)
                    .allSatisfy(warning ->
                            assertThat(warning.toString()).contains("host b (b.example.org) is not verified"));
        }
    }

    private static Map<String, HostPlan> plans(HostPlan... plans) {
        Map<String, HostPlan> byName = new LinkedHashMap<>();
        for (HostPlan plan : plans) {
            byName.put(plan.name(), plan);
        }
        return byName;
    }

    private static HostPlan ssh(String name, String jump) {
        return host(name, name + ".example.org", jump, false);
    }

    private static HostPlan host(String name, String address, String jump, boolean insecure) {
        return new HostPlan(
                name,
                address,
                22,
                "root",
                Optional.of("secret"),
                Optional.empty(),
                insecure ? new HostPlan.HostKey.Insecure() : new HostPlan.HostKey.KnownHosts("~/.ssh/known_hosts"),
                Optional.ofNullable(jump),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }
}
