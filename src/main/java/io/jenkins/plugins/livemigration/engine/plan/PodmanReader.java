package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.PodmanPlan.Strategy;
import io.jenkins.plugins.livemigration.engine.plan.DriverPlan.Traffic;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code driver.podman}. */
final class PodmanReader implements DriverReader {
    static final Map<String, Strategy> STRATEGIES = new LinkedHashMap<>();
    static final List<String> TRAFFIC_CHOICES = List.of("floatingAddress", "macvlan", "commands");

    private static final Map<String, String> COMPRESSIONS = new LinkedHashMap<>();
    /** Memory-backed on every Linux. */
    private static final String STAGING = "/dev/shm/live-migration-benchmark";

    private static final int MOST_CONTAINERS = 64;
    private static final int MOST_VOLUMES = 64;
    private static final int MOST_ROUNDS = 20;
    private static final int DEFAULT_ROUNDS = 3;

    static {
        STRATEGIES.put("classic", Strategy.CLASSIC);
        STRATEGIES.put("stop-and-copy", Strategy.STOP_AND_COPY);
        STRATEGIES.put("pre-copy", Strategy.PRE_COPY);
        for (String compression : List.of("none", "zstd", "gzip")) {
            COMPRESSIONS.put(compression, compression);
        }
    }

    @Override
    public String key() {
        return "podman";
    }

    @Override
    public DriverPlan read(MapReader reader, PlanContext context) {
        PlanContext.Route route = context.route(reader);
        Strategy strategy = reader.choice("strategy", STRATEGIES, Strategy.STOP_AND_COPY);
        Traffic traffic = traffic(reader, context);
        return new PodmanPlan(
                route.from(),
                route.to(),
                containers(reader),
                strategy,
                compression(reader, strategy),
                reader.text("staging", TextRules.DIRECTORY).orElse(STAGING),
                reader.texts("volumes", MOST_VOLUMES, TextRules.DIRECTORY),
                traffic,
                reader.flag("gate", !(traffic instanceof Traffic.Commands)),
                reader.whole("preCopyRounds", DEFAULT_ROUNDS, 1, MOST_ROUNDS));
    }

    private static List<String> containers(MapReader reader) {
        reader.requireKey("containers", "containers: [web]");
        List<String> containers = reader.texts("containers", MOST_CONTAINERS, TextRules.CONTAINER);
        boolean empty = reader.node("containers")
                .filter(node ->
                        node instanceof PlanNode.Sequence list && list.items().isEmpty())
                .isPresent();
        if (empty) {
            reader.fault("containers", new Fault(Message.of("plan.noContainers"), Message.of("plan.addIt", "[web]")));
        }
        return containers;
    }

    /** The published recipe compresses with gzip and nothing else; otherwise it would not be the reference. */
    private static String compression(MapReader reader, Strategy strategy) {
        String compression = reader.choice("compression", COMPRESSIONS, strategy == Strategy.CLASSIC ? "gzip" : "none");
        if (strategy == Strategy.CLASSIC && !compression.equals("gzip")) {
            reader.fault(
                    "strategy",
                    new Fault(Message.of("plan.classicCompression", compression), Message.of("plan.gzipBeside")));
        }
        return compression;
    }

    private static Traffic traffic(MapReader reader, PlanContext context) {
        Optional<PlanNode> node = reader.node("traffic");
        if (node.isEmpty()
                || (node.get() instanceof PlanNode.Scalar scalar
                        && scalar.text().equals("none"))) {
            return new Traffic.None();
        }
        String example = "floatingAddress: {address: 192.0.2.10/24, device: eth0}";
        return reader.map("traffic", example)
                .flatMap(traffic -> {
                    Optional<String> choice = traffic.oneOf(TRAFFIC_CHOICES, example);
                    Optional<Traffic> read = choice.flatMap(key -> traffic(key, traffic, context));
                    traffic.end();
                    return read;
                })
                .orElse(new Traffic.None());
    }

    private static Optional<Traffic> traffic(String choice, MapReader traffic, PlanContext context) {
        if (choice.equals("macvlan")) {
            traffic.onlyTrue("macvlan");
            return Optional.of(new Traffic.Macvlan());
        }
        if (choice.equals("floatingAddress")) {
            return traffic.map(choice, "address: 192.0.2.10/24").map(keys -> {
                Traffic floating = new Traffic.FloatingAddress(
                        keys.requiredText("address", "address: 192.0.2.10/24", TextRules.ADDRESS_WITH_PREFIX),
                        keys.requiredText("device", "device: eth0", TextRules.DEVICE));
                keys.end();
                return floating;
            });
        }
        return traffic.map(choice, "attach: /usr/local/bin/attach").map(keys -> {
            Traffic commands = new Traffic.Commands(
                    context.requiredHost(keys, "on"),
                    keys.text("detach", TextRules.COMMAND),
                    keys.requiredText("attach", "attach: /usr/local/bin/attach", TextRules.COMMAND));
            keys.end();
            return commands;
        });
    }
}
