package io.jenkins.plugins.livemigration.engine.migrate.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.CommandPlan;
import io.jenkins.plugins.livemigration.engine.remote.Host;
import io.jenkins.plugins.livemigration.engine.remote.Hosts;
import io.jenkins.plugins.livemigration.engine.remote.LocalHost;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommandDriverTest {
    @Test
    void namesTheHostsThatTheCommandsSpeakOfAndLeavesItToTheEngineToAskThem() {
        try (Local hosts = new Local("control", "node-1", "node-2", "client")) {
            assertThat(new CommandDriver(plan("node-1", "node-2"), hosts).environment())
                    .containsOnlyKeys("control", "node-1", "node-2")
                    .allSatisfy((host, facts) -> assertThat(facts).isEmpty());
        }
    }

    @Test
    void namesNoneThatIsNoHostOfThePlan() {
        try (Local hosts = new Local("control")) {
            assertThat(new CommandDriver(plan("zone-1", "zone-2"), hosts).environment())
                    .containsOnlyKeys("control");
        }
    }

    private static CommandPlan plan(String from, String to) {
        return new CommandPlan(
                from, to, "control", "true", "true", Optional.empty(), Optional.empty(), Duration.ofMinutes(1));
    }

    /** Hosts that are all this machine. */
    private static final class Local implements Hosts {
        private final Map<String, Host> hosts = new TreeMap<>();

        Local(String... names) {
            for (String name : names) {
                hosts.put(name, new LocalHost(name));
            }
        }

        @Override
        public Host host(String name) {
            return Optional.ofNullable(hosts.get(name)).orElseThrow();
        }

        @Override
        public Collection<Host> all() {
            return hosts.values();
        }

        @Override
        public void close() {
            hosts.values().forEach(Host::close);
        }
    }
}
