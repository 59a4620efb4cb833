package io.jenkins.plugins.livemigration.engine.verdict.regression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A fact about a host that is not what it was.
 *
 * @param before empty if the fact was not known
 * @param after empty if it is not known any more
 */
public record EnvironmentChange(String host, String fact, String before, String after) {

    /** All facts that differ, host by host, in the order of the newer environment. */
    public static List<EnvironmentChange> between(
            Map<String, Map<String, String>> before, Map<String, Map<String, String>> after) {
        List<EnvironmentChange> changes = new ArrayList<>();
        Set<String> hosts = new LinkedHashSet<>(after.keySet());
        hosts.addAll(before.keySet());
        for (String host : hosts) {
            Map<String, String> old = before.getOrDefault(host, Map.of());
            Map<String, String> now = after.getOrDefault(host, Map.of());
            Set<String> facts = new LinkedHashSet<>(now.keySet());
            facts.addAll(old.keySet());
            for (String fact : facts) {
                String was = old.getOrDefault(fact, "");
                String is = now.getOrDefault(fact, "");
                if (!was.equals(is)) {
                    changes.add(new EnvironmentChange(host, fact, was, is));
                }
            }
        }
        return List.copyOf(changes);
    }

    /** Whether both are known: a host that did not answer tells of no change. */
    public boolean known() {
        return !before.isEmpty() && !after.isEmpty();
    }

    /** {@code host-a kernel 6.1 -> 6.12}; the same in every language. */
    @Override
    public String toString() {
        return host + " " + fact + " " + (before.isEmpty() ? "?" : before) + " -> " + (after.isEmpty() ? "?" : after);
    }
}
