package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.StatePlan.Expect;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a scenario consists of: the keys that a plan has once, and that each of its scenarios can override. */
final class ScenarioReader {
    /** The keys of the plan that a scenario inherits and can override. */
    static final List<String> KEYS = List.of("driver", "workload", "returnBy", "probes", "state");

    static final List<String> STATE_CHOICES = List.of("http", "command");

    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration STATE_TIMEOUT = Duration.ofSeconds(5);
    private static final Map<String, Expect> EXPECTATIONS = new LinkedHashMap<>();

    static {
        EXPECTATIONS.put("equal", Expect.EQUAL);
        EXPECTATIONS.put("monotonic", Expect.MONOTONIC);
    }

    private final PlanContext context;
    private final boolean oneWay;

    ScenarioReader(PlanContext context, boolean oneWay) {
        this.context = context;
        this.oneWay = oneWay;
    }

    /** The scenario; empty if its driver cannot be read at all. Does not report unknown keys. */
    Optional<ScenarioPlan> read(String name, MapReader reader) {
        Optional<DriverPlan> driver = reader.map("driver", "podman: {from: host-a, to: host-b, containers: [web]}")
                .flatMap(keys -> DriverKeys.read(keys, context));
        // A node need not be a host of the plan; then commands have to say where they run.
        Optional<String> home = Optional.of(driver.map(DriverPlan::from).orElse(""))
                .filter(from -> !(driver.orElse(null) instanceof DriverPlan.ProxmoxPlan) || context.isHost(from));
        Optional<WorkloadPlan> workload =
                reader.map("workload", "start: {run: systemctl start web}").flatMap(keys -> workload(keys, home));
        Optional<HostCommand> returnBy = reader.map("returnBy", "{on: host-b, run: ./return.sh}")
                .map(keys -> context.command(keys, Optional.empty(), COMMAND_TIMEOUT));
        if (returnBy.isPresent() && !oneWay) {
            reader.fault(
                    "returnBy", new Fault(Message.of("plan.returnByToAndFro"), Message.of("plan.oneWayOrLeaveOut")));
        }
        List<ProbePlan> probes = new ProbesReader(context).read(reader);
        Optional<StatePlan> state =
                reader.map("state", "http: http://192.0.2.10/count").flatMap(this::state);
        return driver.map(found -> new ScenarioPlan(name, found, workload, returnBy, probes, state));
    }

    private Optional<WorkloadPlan> workload(MapReader reader, Optional<String> home) {
        reader.requireKey("start", "start: {run: systemctl start web}");
        Optional<HostCommand> start = reader.map("start", "run: systemctl start web")
                .map(keys -> context.command(keys, home, COMMAND_TIMEOUT));
        Optional<HostCommand> stop =
                reader.map("stop", "run: systemctl stop web").map(keys -> context.command(keys, home, COMMAND_TIMEOUT));
        reader.end();
        return start.map(command -> new WorkloadPlan(command, stop));
    }

    private Optional<StatePlan> state(MapReader reader) {
        Duration timeout = reader.duration("timeout", STATE_TIMEOUT, PlanContext.SHORTEST, Duration.ofMinutes(10));
        Optional<String> extract = reader.text("extract", TextRules.REGULAR_EXPRESSION);
        Expect expect = reader.choice("expect", EXPECTATIONS, Expect.EQUAL);
        Optional<StatePlan.Source> source = reader.oneOf(STATE_CHOICES, "http: http://192.0.2.10/count")
                .flatMap(key -> source(key, reader, timeout));
        reader.end();
        return source.map(found -> new StatePlan(found, extract, expect, timeout));
    }

    private Optional<StatePlan.Source> source(String key, MapReader reader, Duration timeout) {
        if (key.equals("http")) {
            return reader.text("http", TextRules.URL).map(StatePlan.Source.Http::new);
        }
        return reader.map("command", "{on: host-a, run: cat /run/count}").map(keys -> {
            String on = context.requiredHost(keys, "on");
            String run = keys.requiredText("run", "run: cat /run/count", TextRules.COMMAND);
            keys.end();
            return new StatePlan.Source.Command(new HostCommand(on, run, timeout));
        });
    }
}
