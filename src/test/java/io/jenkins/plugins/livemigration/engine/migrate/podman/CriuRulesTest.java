package io.jenkins.plugins.livemigration.engine.migrate.podman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules are what {@code iptables-save} showed on a source after a checkpoint with an established connection. */
class CriuRulesTest {
    private static final String IN =
            "rule4 INPUT -s 10.82.0.254/32 -d 10.82.0.100/32 -p tcp -m mark ! --mark 0xc114 -m tcp --sport 40112 --dport 7000 -j DROP";
    private static final String OUT =
            "rule4 OUTPUT -s 10.82.0.100/32 -d 10.82.0.254/32 -p tcp -m mark ! --mark 0xc114 -m tcp --sport 7000 --dport 40112 -j DROP";

    private static List<List<String>> removals(String listed, Set<String> addresses, Set<Integer> ports) {
        return CriuRules.removals(
                listed.replace("rule4 ", "rule4 -A ").replace("rule6 ", "rule6 -A "), addresses, ports);
    }

    @Test
    void removesBothDirectionsOfAConnectionToTheServicesOwnAddress() {
        List<List<String>> commands = removals(IN + "\n" + OUT, Set.of("10.82.0.100"), Set.of());

        assertThat(commands).hasSize(2);
        assertThat(String.join(" ", commands.get(0)))
                .isEqualTo("iptables -w 5 -D INPUT -s 10.82.0.254/32 -d 10.82.0.100/32 -p tcp -m mark ! --mark 0xc114 "
                        + "-m tcp --sport 40112 --dport 7000 -j DROP");
    }

    @Test
    void removesRulesOfTheContainersOwnPortsWhereItSharesTheHostsAddress() {
        assertThat(removals(IN + "\n" + OUT, Set.of(), Set.of(7000))).hasSize(2);
    }

    @Test
    void removesRulesOfTheSixthVersionWithItsOwnTool() {
        String rule =
                "rule6 INPUT -s fd00::9/128 -d fd00::100/128 -p tcp -m mark ! --mark 0xc114 -m tcp --sport 1 --dport 7000 -j DROP";

        assertThat(removals(rule, Set.of("fd00::100"), Set.of()).get(0)).startsWith("ip6tables");
    }

    @Test
    void leavesAnotherServicesConnectionsAlone() {
        assertThat(removals(IN + "\n" + OUT, Set.of("10.82.0.101"), Set.of(7001)))
                .isEmpty();
        // The client's port is not the service's.
        assertThat(removals(IN + "\n" + OUT, Set.of(), Set.of(40112))).isEmpty();
    }

    @Test
    void leavesRulesThatAreNotCriusAlone() {
        String others = """
                rule4 INPUT -d 10.82.0.100/32 -p tcp -m tcp --dport 7000 -j DROP
                rule4 INPUT -d 10.82.0.100/32 -p tcp -m mark --mark 0xc114 -m tcp --sport 1 --dport 7000 -j ACCEPT
                rule4 INPUT -m mark ! --mark 0xc114 -j DROP
                """;

        assertThat(removals(others, Set.of("10.82.0.100"), Set.of(7000))).isEmpty();
    }
}
