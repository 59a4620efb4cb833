package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.PlanNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lays parameters over a plan file, and a scenario over its plan. Mappings are merged by key; all else is replaced, lists
 * too. Where a mapping has to have one key out of several (the driver's name), the overriding one takes the place of the
 * other.
 */
final class PlanMerge {
    private static final List<Alternatives> ALTERNATIVES = List.of(
            new Alternatives("(.*\\.)?driver", DriverKeys.NAMES),
            new Alternatives(".*\\.traffic", PodmanReader.TRAFFIC_CHOICES),
            new Alternatives("(.*\\.)?state", ScenarioReader.STATE_CHOICES),
            new Alternatives("(.*\\.)?driver\\.proxmox", ProxmoxReader.ACCESS),
            new Alternatives("clusters\\.[^.]+", ClusterReader.URL_CHOICES),
            new Alternatives("(clusters\\.[^.]+|.*driver\\.proxmox)\\.tls", ClusterReader.TRUST_CHOICES),
            new Alternatives("hosts\\..+", HostsReader.HOST_KEY_CHOICES),
            new Alternatives("hosts\\..+", HostsReader.SECRET_CHOICES));

    private PlanMerge() {}

    static PlanNode merge(PlanNode base, PlanNode over) {
        if (!(base instanceof Mapping below) || !(over instanceof Mapping above)) {
            return over;
        }
        Map<String, PlanNode> merged = new LinkedHashMap<>(below.entries());
        for (Alternatives alternatives : ALTERNATIVES) {
            if (alternatives.path().matcher(above.path()).matches()
                    && alternatives.keys().stream().anyMatch(above.entries()::containsKey)) {
                alternatives.keys().forEach(key -> {
                    if (!above.entries().containsKey(key)) {
                        merged.remove(key);
                    }
                });
            }
        }
        above.entries().forEach((key, value) -> {
            PlanNode inherited = merged.get(key);
            merged.put(key, inherited == null ? value : merge(inherited, value));
        });
        return new Mapping(below.path(), below.line(), merged);
    }

    private record Alternatives(Pattern path, List<String> keys) {
        Alternatives(String path, List<String> keys) {
            this(Pattern.compile(path), keys);
        }
    }
}
