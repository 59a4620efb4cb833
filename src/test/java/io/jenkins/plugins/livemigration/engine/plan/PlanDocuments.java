package io.jenkins.plugins.livemigration.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generates valid plans as trees of maps, lists and values, each key there or not. */
final class PlanDocuments {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Arbitrary<String> NAMES = Arbitraries.strings()
            .withCharRange('a', 'z')
            .withChars("09._-")
            .ofMaxLength(12)
            .map(rest -> "n" + rest);
    private static final Arbitrary<String> TITLES = Arbitraries.strings()
            .withCharRange('!', '~')
            .withChars(" äπ漢")
            .ofMinLength(1)
            .ofMaxLength(30)
            .map(text -> text.replaceAll("[/\\\\]", "x").strip())
            .filter(text -> !text.isBlank());
    private static final Arbitrary<String> COMMANDS = Arbitraries.strings()
            .withCharRange(' ', '~')
            .withChars("\n\täπ漢")
            .ofMinLength(1)
            .ofMaxLength(60)
            .filter(text -> !text.isBlank());
    private static final Arbitrary<String> DURATIONS = Combinators.combine(
                    Arbitraries.integers().between(1, 900),
                    Arbitraries.of("", ".5", ".125"),
                    Arbitraries.of("", " ", "  "),
                    Arbitraries.of("s"))
            .as((whole, part, space, unit) -> whole + part + space + unit);
    private static final Arbitrary<String> ADDRESSES =
            Arbitraries.of("192.0.2.10", "2001:db8::10", "web.example.org", "fe80::1%eth0");
    private static final Arbitrary<Boolean> FLAGS = Arbitraries.of(true, false);

    private PlanDocuments() {}

    /** Whole plans. */
    static Arbitrary<JsonNode> plans() {
        Arbitrary<List<String>> hosts = NAMES.list().ofMinSize(2).ofMaxSize(4).uniqueElements();
        return Combinators.combine(hosts, FLAGS, FLAGS)
                .flatAs(PlanDocuments::plan)
                .map(MAPPER::valueToTree);
    }

    private static Arbitrary<Map<String, Object>> plan(List<String> hosts, boolean podman, boolean oneWay) {
        Keys keys = new Keys();
        keys.always("name", TITLES);
        keys.always("hosts", hosts(hosts));
        keys.always("driver", podman ? keyed("podman", podman(hosts, true)) : keyed("command", command(hosts, true)));
        keys.sometimes("samples", Arbitraries.integers().between(1, 1000));
        keys.sometimes("warmup", Arbitraries.integers().between(0, 100));
        if (oneWay) {
            keys.always("directions", Arbitraries.just("one-way"));
            keys.sometimes("returnBy", hostCommand(hosts, true));
        } else {
            keys.sometimes("directions", Arbitraries.just("to-and-fro"));
        }
        keys.sometimes("pause", DURATIONS);
        keys.sometimes("waitForWorkload", DURATIONS);
        keys.sometimes(
                "window",
                new Keys()
                        .sometimes("before", Arbitraries.of("0 s", "1 s", "2.5 min"))
                        .all());
        keys.sometimes(
                "capture",
                new Keys()
                        .sometimes("interface", Arbitraries.of("any", "eth0"))
                        .sometimes("filter", Arbitraries.of("udp port 9000", "host 192.0.2.1 and tcp"))
                        .sometimes("snapLength", Arbitraries.integers().between(64, 65_535))
                        .sometimes("megabytes", Arbitraries.integers().between(4, 4_000))
                        .always("on", Arbitraries.just("local"))
                        .all()
                        .map(List::of));
        keys.sometimes("sampleTimeout", DURATIONS);
        keys.sometimes("stopAfterFailures", Arbitraries.integers().between(1, 9));
        keys.sometimes("workload", workload(hosts));
        keys.sometimes("probes", probes());
        keys.sometimes("state", state(hosts));
        keys.sometimes("scenarios", scenarios(hosts, podman));
        keys.sometimes("categories", categories());
        keys.sometimes("thresholds", thresholds());
        keys.sometimes("output", new Keys().sometimes("directory", NAMES).all());
        return keys.all();
    }

    private static Arbitrary<Map<String, Object>> hosts(List<String> names) {
        Keys keys = new Keys();
        for (String name : names) {
            Keys host = new Keys()
                    .sometimes("address", ADDRESSES)
                    .sometimes("port", Arbitraries.integers().between(1, 65_535))
                    .sometimes("user", Arbitraries.of("root", "ci", "LAB\\user"))
                    .sometimes("connectTimeout", Arbitraries.of("1 s", "800ms", "2 min"))
                    .sometimes("keepAlive", Arbitraries.of("1 s", "1.5 s"));
            keys.always(
                    name,
                    Arbitraries.oneOf(
                            host.all(),
                            host.with("credentials", NAMES),
                            host.with("insecure", Arbitraries.just(true))));
        }
        return keys.all();
    }

    private static Arbitrary<Map<String, Object>> podman(List<String> hosts, boolean whole) {
        Keys keys = new Keys();
        if (whole) {
            keys.always("from", Arbitraries.just(hosts.get(0)));
            keys.always("to", Arbitraries.just(hosts.get(1)));
            keys.always("containers", NAMES.list().ofMinSize(1).ofMaxSize(3).uniqueElements());
        }
        keys.sometimes("strategy", Arbitraries.of("stop-and-copy", "pre-copy"));
        keys.sometimes("compression", Arbitraries.of("none", "zstd", "gzip"));
        keys.sometimes("staging", NAMES.map(name -> "/run/" + name));
        keys.sometimes(
                "volumes", NAMES.map(name -> "/srv/" + name).list().ofMaxSize(3).uniqueElements());
        keys.sometimes("gate", FLAGS);
        keys.sometimes("preCopyRounds", Arbitraries.integers().between(1, 20));
        Arbitrary<Map<String, Object>> floating = new Keys()
                .always("address", Arbitraries.of("192.0.2.10/24", "2001:db8::10/64"))
                .always("device", Arbitraries.of("eth0", "br-lan"))
                .all();
        Arbitrary<Map<String, Object>> commands = new Keys()
                .always("on", Arbitraries.of(hosts.get(0), "local"))
                .sometimes("detach", COMMANDS)
                .always("attach", COMMANDS)
                .all();
        keys.sometimes(
                "traffic",
                Arbitraries.oneOf(
                        Arbitraries.just("none"),
                        Arbitraries.just(Map.of("macvlan", true)),
                        keyed("floatingAddress", floating),
                        keyed("commands", commands)));
        return keys.all();
    }

    private static Arbitrary<Map<String, Object>> command(List<String> hosts, boolean whole) {
        Keys keys = new Keys();
        if (whole) {
            keys.always("from", Arbitraries.just(hosts.get(0)));
            keys.always("to", Arbitraries.just(hosts.get(1)));
            keys.always("on", Arbitraries.of(hosts.get(1), "local"));
            keys.always("migrate", COMMANDS);
            keys.always("locate", COMMANDS);
        }
        keys.sometimes("recover", COMMANDS);
        keys.sometimes("cancel", COMMANDS);
        keys.sometimes("timeout", DURATIONS);
        return keys.all();
    }

    private static Arbitrary<Map<String, Object>> hostCommand(List<String> hosts, boolean onIsNeeded) {
        Keys keys = new Keys().always("run", COMMANDS).sometimes("timeout", DURATIONS);
        if (onIsNeeded) {
            return keys.with("on", Arbitraries.of(hosts));
        }
        return keys.sometimes("on", Arbitraries.of(hosts)).all();
    }

    private static Arbitrary<Map<String, Object>> workload(List<String> hosts) {
        return new Keys()
                .always("start", hostCommand(hosts, false))
                .sometimes("stop", hostCommand(hosts, false))
                .all();
    }

    private static Arbitrary<Map<String, Object>> state(List<String> hosts) {
        Keys keys = new Keys()
                .sometimes("extract", Arbitraries.of("(\\d+)", "count=([0-9]+)"))
                .sometimes("expect", Arbitraries.of("equal", "monotonic"))
                .sometimes("timeout", Arbitraries.of("100 ms", "5 s"));
        Arbitrary<Map<String, Object>> command = new Keys()
                .always("on", Arbitraries.of(hosts))
                .always("run", COMMANDS)
                .all();
        return Arbitraries.oneOf(
                keys.with("http", Arbitraries.just("http://192.0.2.10/count")), keys.with("command", command));
    }

    private static Arbitrary<List<Map<String, Object>>> probes() {
        Keys common = new Keys()
                .sometimes("intervalMillis", Arbitraries.integers().between(10, 10_000))
                .sometimes("timeoutMillis", Arbitraries.integers().between(1, 60_000));
        Arbitrary<Integer> ports = Arbitraries.integers().between(1, 65_535);
        Arbitrary<Map<String, Object>> udp = keyed(
                "udp",
                common.copy()
                        .always("host", ADDRESSES)
                        .always("port", ports)
                        .sometimes("payloadBytes", Arbitraries.integers().between(24, 1400))
                        .all());
        Arbitrary<Map<String, Object>> other = Arbitraries.oneOf(
                keyed(
                        "http",
                        common.with("url", Arbitraries.of("http://192.0.2.10/", "https://web.example.org:8443/a?b=c"))),
                keyed(
                        "tcp",
                        common.copy()
                                .always("host", ADDRESSES)
                                .always("port", ports)
                                .all()),
                keyed(
                        "session",
                        common.copy()
                                .always("host", ADDRESSES)
                                .always("port", ports)
                                .all()),
                keyed("ping", common.with("host", ADDRESSES)),
                keyed(
                        "oneWay",
                        common.copy()
                                .always("on", Arbitraries.of("local"))
                                .always("host", ADDRESSES)
                                .sometimes("port", Arbitraries.integers().between(0, 65_535))
                                .all()),
                keyed(
                        "load",
                        common.copy()
                                .always("host", ADDRESSES)
                                .always("port", ports)
                                .sometimes(
                                        "payloadBytes", Arbitraries.integers().between(24, 1400))
                                .sometimes("packets", Arbitraries.integers().between(1, 20))
                                .all()));
        return Combinators.combine(udp, other.list().ofMaxSize(3)).as((first, others) -> {
            List<Map<String, Object>> all = new ArrayList<>(others);
            all.add(first);
            return all;
        });
    }

    private static Arbitrary<List<Map<String, Object>>> scenarios(List<String> hosts, boolean podman) {
        Arbitrary<Map<String, Object>> driver =
                podman ? keyed("podman", podman(hosts, false)) : keyed("command", command(hosts, false));
        Arbitrary<Map<String, Object>> scenario = new Keys()
                .sometimes("driver", driver)
                .sometimes("workload", workload(hosts))
                .sometimes("probes", probes())
                .sometimes("state", state(hosts))
                .all();
        return Combinators.combine(
                        TITLES.list().ofMinSize(3).ofMaxSize(3).uniqueElements(),
                        scenario.list().ofMinSize(1).ofMaxSize(3))
                .as((names, all) -> {
                    List<Map<String, Object>> named = new ArrayList<>();
                    for (Map<String, Object> one : all) {
                        Map<String, Object> copy = new LinkedHashMap<>(one);
                        copy.put("name", names.get(named.size()));
                        named.add(copy);
                    }
                    return named;
                });
    }

    private static Arbitrary<Map<String, Object>> categories() {
        Arbitrary<Map<String, Object>> classes = Combinators.combine(
                        Arbitraries.integers().between(1, 500),
                        Arbitraries.integers().between(1, 500))
                .as((first, more) -> Map.of(
                        "classes",
                        List.of(
                                Map.of("name", "good", "below", first + " ms"),
                                Map.of("name", "fair", "below", first + more + ".25 ms"),
                                Map.of("name", "bad"))));
        return new Keys()
                .sometimes("outage.longest", classes)
                .sometimes("outage.total", classes)
                .all();
    }

    private static Arbitrary<List<Map<String, Object>>> thresholds() {
        List<String> durations = Metrics.all().stream()
                .filter(metric -> metric.unit().symbol().equals("ms"))
                .map(Metric::id)
                .toList();
        return Arbitraries.of(durations).list().ofMaxSize(4).uniqueElements().flatMap(metrics -> {
            List<Arbitrary<Map<String, Object>>> all = new ArrayList<>();
            for (String metric : metrics) {
                all.add(new Keys()
                        .always("metric", Arbitraries.just(metric))
                        .sometimes("of", Arbitraries.of("median", "worst", "each"))
                        .sometimes("unstable", Arbitraries.of("1 us", "250 us", "0.5 s"))
                        .always("fail", Arbitraries.of("800 ms", "1.5s", "2 min"))
                        .all());
            }
            return Combinators.combine(all).as(list -> list);
        });
    }

    private static Arbitrary<Map<String, Object>> keyed(String key, Arbitrary<Map<String, Object>> value) {
        return value.map(keys -> Map.of(key, keys));
    }

    /** A mapping whose optional keys come and go. */
    private static final class Keys {
        private final Map<String, Arbitrary<Optional<Object>>> values = new LinkedHashMap<>();

        Keys always(String key, Arbitrary<?> value) {
            values.put(key, value.map(Optional::of));
            return this;
        }

        Keys sometimes(String key, Arbitrary<?> value) {
            values.put(key, value.<Object>map(found -> found).optional());
            return this;
        }

        Keys copy() {
            Keys copy = new Keys();
            copy.values.putAll(values);
            return copy;
        }

        Arbitrary<Map<String, Object>> with(String key, Arbitrary<?> value) {
            return copy().always(key, value).all();
        }

        Arbitrary<Map<String, Object>> all() {
            List<String> keys = List.copyOf(values.keySet());
            return Combinators.combine(List.copyOf(values.values())).as(found -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < keys.size(); i++) {
                    String key = keys.get(i);
                    found.get(i).ifPresent(value -> map.put(key, value));
                }
                return map;
            });
        }
    }
}
