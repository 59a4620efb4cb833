package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code probes}: a list of mappings with one key each, the probe's kind. */
final class ProbesReader {
    private static final List<String> KINDS = List.of("udp", "http", "tcp", "session", "ping", "oneWay", "load");
    /** Kinds from which {@code downtime.observed} can be taken, the finest first. */
    private static final List<List<String>> PRIMARY_KINDS = List.of(List.of("udp"), List.of("http", "tcp"));

    private static final String EXAMPLE = "udp: {host: 192.0.2.10, port: 7007}";
    private static final int MOST_PROBES = 20;
    private static final int LONGEST_INTERVAL = 10_000;
    private static final int LONGEST_TIMEOUT = 60_000;
    /** HTTP and TCP use up a port per attempt: 28,000 in the 60 s of TIME_WAIT are 470 a second. */
    private static final int SHORTEST_CONNECT = 10;
    /** The probe's own header: number and send time. */
    private static final int LEAST_PAYLOAD = 24;
    /** What fits into an Ethernet frame unfragmented, with room for a tunnel. */
    private static final int MOST_PAYLOAD = 1_400;
    /** Together with the payload, 230 Mbit/s: more than two cores can send and receive beside a benchmark. */
    private static final int MOST_PACKETS = 20;

    private final PlanContext context;

    ProbesReader(PlanContext context) {
        this.context = context;
    }

    List<ProbePlan> read(MapReader scenario) {
        List<Draft> drafts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (PlanNode item : scenario.list("probes", MOST_PROBES)) {
            draft(item).ifPresent(draft -> {
                drafts.add(draft);
                draft.name().ifPresent(name -> {
                    if (!names.add(name)) {
                        draft.keys().fault("name", Faults.duplicate(name));
                    }
                });
            });
        }
        Optional<Draft> primary = primary(drafts, scenario);
        List<ProbePlan> probes = new ArrayList<>();
        for (Draft draft : drafts) {
            String name = draft.name().orElseGet(() -> freeName(draft.kind(), names));
            probes.add(probe(draft, name, primary.filter(draft::equals).isPresent()));
            draft.keys().end();
        }
        return probes;
    }

    private Optional<Draft> draft(PlanNode item) {
        Optional<MapReader> reader = MapReader.map(item, EXAMPLE, context.mistakes());
        if (reader.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> kind = reader.get().oneOf(KINDS, EXAMPLE);
        Optional<MapReader> keys = kind.flatMap(key -> reader.get().map(key, "host: 192.0.2.10"));
        reader.get().end();
        return keys.map(found -> new Draft(
                kind.orElseThrow(), found, found.text("name", TextRules.NAME), primaryMark(kind.get(), found)));
    }

    private static Optional<Boolean> primaryMark(String kind, MapReader keys) {
        if (!keys.has("primary")) {
            return Optional.empty();
        }
        if (PRIMARY_KINDS.stream().noneMatch(kinds -> kinds.contains(kind))) {
            keys.fault(
                    "primary", new Fault(Message.of("plan.neverPrimary", kind), Message.of("plan.markAnotherPrimary")));
            return Optional.empty();
        }
        return Optional.of(keys.flag("primary", false));
    }

    /** The one that is marked; else the first of the finest kind that is not excluded. */
    private static Optional<Draft> primary(List<Draft> drafts, MapReader scenario) {
        List<Draft> marked =
                drafts.stream().filter(draft -> draft.marked().orElse(false)).toList();
        if (!marked.isEmpty()) {
            for (Draft second : marked.subList(1, marked.size())) {
                second.keys()
                        .fault(
                                "primary",
                                new Fault(Message.of("plan.secondPrimary"), Message.of("plan.markOnePrimary")));
            }
            return Optional.of(marked.get(0));
        }
        for (List<String> kinds : PRIMARY_KINDS) {
            for (Draft draft : drafts) {
                if (kinds.contains(draft.kind()) && draft.marked().isEmpty()) {
                    return Optional.of(draft);
                }
            }
        }
        if (!drafts.isEmpty()) {
            scenario.fault("probes", new Fault(Message.of("plan.noPrimary"), Message.of("plan.addIt", "- " + EXAMPLE)));
        }
        return Optional.empty();
    }

    private static String freeName(String kind, Set<String> names) {
        String name = kind;
        for (int i = 2; !names.add(name); i++) {
            name = kind + "-" + i;
        }
        return name;
    }

    private ProbePlan probe(Draft draft, String name, boolean primary) {
        MapReader keys = draft.keys();
        return switch (draft.kind()) {
            case "udp" ->
                new ProbePlan.Udp(
                        name,
                        host(keys),
                        port(keys),
                        keys.whole("payloadBytes", 64, LEAST_PAYLOAD, MOST_PAYLOAD),
                        interval(keys, 10, 1),
                        timeout(keys),
                        primary);
            case "http" ->
                new ProbePlan.Http(
                        name,
                        keys.requiredText("url", "url: http://192.0.2.10/", TextRules.URL),
                        interval(keys, 10, SHORTEST_CONNECT),
                        timeout(keys),
                        primary);
            case "tcp" ->
                new ProbePlan.TcpConnect(
                        name, host(keys), port(keys), interval(keys, 10, SHORTEST_CONNECT), timeout(keys), primary);
            case "session" ->
                new ProbePlan.TcpSession(name, host(keys), port(keys), interval(keys, 10, 1), timeout(keys));
            case "ping" -> new ProbePlan.Ping(name, host(keys), interval(keys, 20, SHORTEST_CONNECT), timeout(keys));
            case "oneWay" ->
                new ProbePlan.OneWay(
                        name,
                        context.requiredHost(keys, "on"),
                        host(keys),
                        keys.whole("port", 0, 0, 65_535),
                        interval(keys, 10, 1),
                        timeout(keys));
            case "load" ->
                new ProbePlan.Load(
                        name,
                        host(keys),
                        port(keys),
                        keys.whole("payloadBytes", 1_200, LEAST_PAYLOAD, MOST_PAYLOAD),
                        keys.whole("packets", 1, 1, MOST_PACKETS),
                        interval(keys, 10, 1),
                        timeout(keys));
            default -> throw new IllegalStateException("no such kind: " + draft.kind());
        };
    }

    private static String host(MapReader keys) {
        return keys.requiredText("host", "host: 192.0.2.10", TextRules.ADDRESS);
    }

    private static int port(MapReader keys) {
        return keys.requiredWhole("port", "port: 7007", 1, 65_535);
    }

    private static Duration interval(MapReader keys, int fallback, int least) {
        return Duration.ofMillis(keys.whole("intervalMillis", fallback, least, LONGEST_INTERVAL));
    }

    private static Duration timeout(MapReader keys) {
        return Duration.ofMillis(keys.whole("timeoutMillis", 1_000, 1, LONGEST_TIMEOUT));
    }

    /** A probe before it is known which is the primary one and how the nameless are called. */
    private record Draft(String kind, MapReader keys, Optional<String> name, Optional<Boolean> marked) {}
}
