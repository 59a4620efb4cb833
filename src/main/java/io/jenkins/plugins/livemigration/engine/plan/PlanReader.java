package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.BenchmarkPlan.Directions;
import io.jenkins.plugins.livemigration.engine.plan.PlanNode.Mapping;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a plan's top level and ties its parts together. */
final class PlanReader {
    private static final String DEFAULT_SCENARIO = "default";
    private static final String DEFAULT_DIRECTORY = "runs";
    private static final int MOST_SAMPLES = 1000;
    private static final int MOST_WARM_UP = 100;
    private static final int MOST_SCENARIOS = 50;
    private static final int MOST_THRESHOLDS = 500;
    private static final Map<String, Directions> DIRECTIONS = new LinkedHashMap<>();

    static {
        DIRECTIONS.put("to-and-fro", Directions.TO_AND_FRO);
        DIRECTIONS.put("one-way", Directions.ONE_WAY);
    }

    private final Mapping root;
    private final MapReader top;
    private final Mistakes mistakes;
    private final PlanContext context;

    PlanReader(Mapping root, Mistakes mistakes) {
        this.root = root;
        this.mistakes = mistakes;
        this.top = new MapReader(root, mistakes);
        this.context = new PlanContext(
                mistakes,
                root.entries().get("hosts") instanceof Mapping hosts
                        ? hosts.entries().keySet()
                        : Set.of());
    }

    /** The plan; not to be used if there were mistakes. */
    BenchmarkPlan read() {
        String name = top.requiredText("name", "name: web after kernel upgrade", TextRules.TITLE);
        Map<String, HostPlan> hosts = new LinkedHashMap<>();
        top.map("hosts", "host-a: {address: 192.0.2.11}")
                .ifPresent(reader -> hosts.putAll(HostsReader.read(reader, context)));
        top.map("clusters", "pve: {url: https://pve1.example.org:8006, credentials: pve-token}")
                .ifPresent(reader -> context.describe(ClusterReader.read(reader)));
        Directions directions = top.choice("directions", DIRECTIONS, Directions.TO_AND_FRO);
        List<ScenarioPlan> scenarios = scenarios(directions);
        boolean freshStart = freshStart(scenarios);
        Map<String, CategoryEdges> categories = new LinkedHashMap<>(DefaultCategories.ofDriver(driverName()));
        top.map("categories", "downtime.observed: {classes: []}")
                .ifPresent(reader -> categories.putAll(new CategoriesReader(mistakes).read(reader)));
        List<Threshold> thresholds = new ThresholdsReader(mistakes, categories, scenarioNames())
                .read(top.list("thresholds", MOST_THRESHOLDS));
        int samples = top.whole("samples", 5, 1, MOST_SAMPLES);
        BenchmarkPlan plan = new BenchmarkPlan(
                name,
                hosts,
                samples,
                top.whole("warmup", 1, 0, MOST_WARM_UP),
                directions,
                top.duration("pause", Duration.ZERO, Duration.ZERO, PlanContext.DAY),
                freshStart,
                scenarios,
                window(),
                top.duration("sampleTimeout", Duration.ofMinutes(10), Duration.ofSeconds(1), PlanContext.DAY),
                top.whole("stopAfterFailures", 3, 1, MOST_SAMPLES),
                top.duration("waitForWorkload", Duration.ZERO, Duration.ZERO, PlanContext.DAY),
                categories,
                thresholds,
                output(),
                regression(),
                CaptureReader.read(top, context, mistakes),
                new ConfirmReader(context, scenarios, samples, MOST_SAMPLES).read(top),
                top.flag("calibrate", false));
        top.end();
        if (context.localNeeded()) {
            hosts.put(PlanContext.LOCAL, HostsReader.local());
        }
        return withHosts(plan, hosts);
    }

    /** Only when all is read it is known whether this machine has to be among the hosts. */
    private static BenchmarkPlan withHosts(BenchmarkPlan plan, Map<String, HostPlan> hosts) {
        return new BenchmarkPlan(
                plan.name(),
                hosts,
                plan.samples(),
                plan.warmup(),
                plan.directions(),
                plan.pause(),
                plan.freshStart(),
                plan.scenarios(),
                plan.window(),
                plan.sampleTimeout(),
                plan.stopAfterFailures(),
                plan.waitForWorkload(),
                plan.categories(),
                plan.thresholds(),
                plan.output(),
                plan.regression(),
                plan.captures(),
                plan.confirm(),
                plan.calibrate());
    }

    private List<ScenarioPlan> scenarios(Directions directions) {
        ScenarioReader reader = new ScenarioReader(context, directions == Directions.ONE_WAY);
        top.requireKey("driver", "driver: {podman: {from: host-a, to: host-b, containers: [web]}}");
        Optional<ScenarioPlan> inherited = reader.read(DEFAULT_SCENARIO, top);
        if (!top.has("scenarios")) {
            return inherited.map(List::of).orElse(List.of());
        }
        List<PlanNode> items = top.list("scenarios", MOST_SCENARIOS);
        if (items.isEmpty()
                && top.node("scenarios")
                        .filter(PlanNode.Sequence.class::isInstance)
                        .isPresent()) {
            top.fault("scenarios", new Fault(Message.of("plan.noScenarios"), Message.of("plan.nameOneOrLeaveOut")));
        }
        List<ScenarioPlan> scenarios = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (PlanNode item : items) {
            if (!(item instanceof Mapping own)) {
                mistakes.add(item, Faults.notMap("{name: classic, driver: {podman: {strategy: classic}}}"));
                continue;
            }
            MapReader merged = new MapReader(inherit(own), mistakes);
            String name = merged.requiredText("name", "name: classic", TextRules.TITLE);
            if (!name.isEmpty() && !names.add(name)) {
                merged.fault("name", Faults.duplicate(name));
            }
            checkSameDriver(own);
            reader.read(name, merged).ifPresent(scenarios::add);
            merged.end();
        }
        return scenarios;
    }

    /** The scenario with all that it has from the plan. */
    private Mapping inherit(Mapping own) {
        Map<String, PlanNode> keys = new LinkedHashMap<>(own.entries());
        for (String key : ScenarioReader.KEYS) {
            PlanNode base = root.entries().get(key);
            if (base != null) {
                PlanNode over = keys.get(key);
                keys.put(key, over == null ? base : PlanMerge.merge(base, over));
            }
        }
        return new Mapping(own.path(), own.line(), keys);
    }

    /** One workload, one platform: its lease, its preflight and its categories belong to the whole run. */
    private void checkSameDriver(Mapping own) {
        if (own.entries().get("driver") instanceof Mapping driver
                && root.entries().get("driver") instanceof Mapping base) {
            driver.entries().forEach((key, value) -> {
                if (DriverKeys.NAMES.contains(key) && !base.entries().containsKey(key)) {
                    mistakes.add(
                            value,
                            new Fault(
                                    Message.of("plan.otherDriver", key, driverName()),
                                    Message.of("plan.planOfItsOwn")));
                }
            });
        }
    }

    private String driverName() {
        return root.entries().get("driver") instanceof Mapping driver
                ? driver.entries().keySet().stream()
                        .filter(DriverKeys.NAMES::contains)
                        .findFirst()
                        .orElse("")
                : "";
    }

    /** The names as written, so that a threshold may refer to a scenario that has mistakes of its own. */
    private List<String> scenarioNames() {
        if (!(root.entries().get("scenarios") instanceof PlanNode.Sequence list)) {
            return List.of(DEFAULT_SCENARIO);
        }
        return list.items().stream()
                .map(item -> item instanceof Mapping scenario
                                && scenario.entries().get("name") instanceof PlanNode.Scalar name
                        ? name.text()
                        : "")
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private boolean freshStart(List<ScenarioPlan> scenarios) {
        boolean freshStart = top.flag("freshStart", false);
        if (freshStart
                && scenarios.stream().anyMatch(scenario -> scenario.workload().isEmpty())) {
            top.fault(
                    "freshStart",
                    new Fault(
                            Message.of("plan.freshStartOfWhat"),
                            Message.of("plan.addIt", "workload: {start: {run: ./start.sh}}")));
        }
        return freshStart;
    }

    private WindowPlan window() {
        Duration before = Duration.ofSeconds(1);
        Duration after = Duration.ofSeconds(10);
        return top.map("window", "{before: 1 s, after: 10 s}")
                .map(reader -> {
                    WindowPlan window = new WindowPlan(
                            reader.duration("before", before, Duration.ZERO, Duration.ofMinutes(10)),
                            reader.duration("after", after, Duration.ZERO, Duration.ofHours(1)));
                    reader.end();
                    return window;
                })
                .orElse(new WindowPlan(before, after));
    }

    private RegressionPlan regression() {
        return top.map("regression", "window: 10")
                .map(reader -> new RegressionReader(mistakes).read(reader))
                .orElse(RegressionPlan.DEFAULT);
    }

    private OutputPlan output() {
        return top.map("output", "directory: runs")
                .map(reader -> {
                    String directory = reader.text("directory", TextRules.PATH).orElse(DEFAULT_DIRECTORY);
                    reader.end();
                    return new OutputPlan(directory);
                })
                .orElse(new OutputPlan(DEFAULT_DIRECTORY));
    }
}
