package io.jenkins.plugins.livemigration.engine.plan;

import io.jenkins.plugins.livemigration.engine.plan.ConfirmPlan.FreshStart;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code confirm}: {@code none}, or a mapping. */
final class ConfirmReader {
    private static final String KEY = "confirm";
    private static final String FRESH_START = "freshStart";
    private static final String NONE = "none";
    private static final String WORKLOAD = "workload";
    private static final String EXAMPLE = "{samples: 10, freshStart: none}";
    private static final String COMMANDS_EXAMPLE = "commands: [{on: host-a, run: ./restart-lab.sh}]";
    private static final String COMMAND_EXAMPLE = "{on: host-a, run: ./restart-lab.sh}";
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(10);
    private static final int MOST_COMMANDS = 20;

    private final PlanContext context;
    private final int samples;
    private final List<ScenarioPlan> scenarios;
    private final int mostSamples;

    /**
     * A reader.
     *
     * @param samples the plan's, which the second round has too unless it says otherwise
     */
    ConfirmReader(PlanContext context, List<ScenarioPlan> scenarios, int samples, int mostSamples) {
        this.context = context;
        this.scenarios = scenarios;
        this.samples = samples;
        this.mostSamples = mostSamples;
    }

    /** The second round; empty if the plan wants none. */
    Optional<ConfirmPlan> read(MapReader plan) {
        ConfirmPlan usual = new ConfirmPlan(samples, new FreshStart.None());
        Optional<PlanNode> node = plan.node(KEY);
        if (node.isEmpty()) {
            return Optional.of(usual);
        }
        if (is(node.get(), NONE)) {
            return Optional.empty();
        }
        return Optional.of(plan.map(KEY, EXAMPLE)
                .map(reader -> {
                    ConfirmPlan read =
                            new ConfirmPlan(reader.whole("samples", samples, 1, mostSamples), freshStart(reader));
                    reader.end();
                    return read;
                })
                .orElse(usual));
    }

    private FreshStart freshStart(MapReader reader) {
        Optional<PlanNode> node = reader.node(FRESH_START);
        if (node.isEmpty() || is(node.get(), NONE)) {
            return new FreshStart.None();
        }
        if (is(node.get(), WORKLOAD)) {
            if (scenarios.stream().anyMatch(scenario -> scenario.workload().isEmpty())) {
                reader.fault(
                        FRESH_START,
                        new Fault(
                                Message.of("plan.freshStartOfWhat"),
                                Message.of("plan.addIt", "workload: {start: {run: ./start.sh}}")));
            }
            return new FreshStart.Workload();
        }
        if (node.get() instanceof PlanNode.Scalar scalar && scalar.kind() == PlanNode.Kind.TEXT) {
            reader.fault(
                    FRESH_START, Faults.notOneOf(scalar.text(), List.of(NONE, WORKLOAD, "{" + COMMANDS_EXAMPLE + "}")));
            return new FreshStart.None();
        }
        return reader.map(FRESH_START, COMMANDS_EXAMPLE).map(this::commands).orElse(new FreshStart.None());
    }

    private FreshStart commands(MapReader reader) {
        reader.requireKey("commands", COMMANDS_EXAMPLE);
        List<HostCommand> commands = new ArrayList<>();
        List<PlanNode> items = reader.list("commands", MOST_COMMANDS);
        for (PlanNode item : items) {
            MapReader.map(item, COMMAND_EXAMPLE, context.mistakes())
                    .ifPresent(keys -> commands.add(context.command(keys, Optional.empty(), COMMAND_TIMEOUT)));
        }
        if (items.isEmpty()
                && reader.node("commands")
                        .filter(PlanNode.Sequence.class::isInstance)
                        .isPresent()) {
            reader.fault("commands", Faults.missing(COMMANDS_EXAMPLE));
        }
        reader.end();
        return new FreshStart.Commands(commands);
    }

    private static boolean is(PlanNode node, String word) {
        return node instanceof PlanNode.Scalar scalar && scalar.text().equals(word);
    }
}
