package io.jenkins.plugins.livemigration.engine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.Schedule;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.remote.Credentials;
import io.jenkins.plugins.livemigration.engine.result.Finding;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lmb check}: validates a plan and runs preflight. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Validates a plan and checks hosts, platforms and workloads. Touches nothing.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private PlanOptions planOptions;

    @Option(names = "--plan-only", description = "Validates the plan and connects to nothing.")
    private boolean planOnly;

    @Option(names = "--connections", description = "Only tries hosts and clusters; asks nothing about workloads.")
    private boolean connections;

    @Option(names = "--stdin", description = "Reads plan and secrets from standard input (docs/cli.md).")
    private boolean standardInput;

    @Option(names = "--json", description = "Prints the findings as one JSON object, with their text for people in it.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Locale locale = common.locale();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<ParsedPlan.Valid> plan;
        Credentials credentials;
        if (standardInput) {
            Optional<HandedIn> handed = HandedIn.read(System.in, err, locale);
            plan = handed.map(HandedIn::plan);
            credentials = handed.<Credentials>map(HandedIn::credentials).orElse(name -> Optional.empty());
        } else {
            plan = planOptions.load(err, locale);
            credentials = SecretPrompt.credentials(locale);
        }
        if (plan.isEmpty()) {
            return ExitCode.BAD_PLAN.number();
        }
        Map<Message, List<Finding>> findings = Map.of();
        if (!planOnly) {
            try (EngineSession session = new EngineSession(plan.get(), credentials)) {
                findings = connections
                        ? session.engine().checkConnections()
                        : byScenario(session.engine().check());
            }
        }
        boolean obstacle = findings.values().stream()
                .flatMap(List::stream)
                .anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        if (json) {
            out.println(toJson(findings, obstacle, locale));
        } else {
            if (!connections) {
                out.println(Message.of(
                                "cli.planIsGood",
                                plan.get().plan().name(),
                                plan.get().plan().scenarios().size(),
                                Schedule.of(plan.get().plan()).size())
                        .render(locale));
            }
            out.print(text(findings, obstacle, locale));
        }
        out.flush();
        return (obstacle ? ExitCode.INFRASTRUCTURE : ExitCode.OK).number();
    }

    private static Map<Message, List<Finding>> byScenario(Map<String, List<Finding>> findings) {
        Map<Message, List<Finding>> headed = new LinkedHashMap<>();
        findings.forEach((scenario, list) -> headed.put(Message.of("cli.scenario", scenario), list));
        return headed;
    }

    /** For people, a line or two for each finding. */
    private String text(Map<Message, List<Finding>> findings, boolean obstacle, Locale locale) {
        StringBuilder text = new StringBuilder();
        String end = System.lineSeparator();
        findings.forEach((heading, list) -> {
            text.append(heading.render(locale)).append(end);
            list.forEach(finding ->
                    text.append("  ").append(FindingText.of(finding, locale)).append(end));
        });
        if (!findings.isEmpty()) {
            String good = connections ? "cli.allAnswer" : "cli.checkPassed";
            String bad = connections ? "cli.notAllAnswer" : "cli.checkFailed";
            text.append(Message.of(obstacle ? bad : good).render(locale)).append(end);
        }
        return text.toString();
    }

    /** With the names of scenarios, or of hosts and clusters, as keys; and the same for people in the reader's language. */
    private ObjectNode toJson(Map<Message, List<Finding>> findings, boolean obstacle, Locale locale) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("ok", !obstacle);
        root.put("text", text(findings, obstacle, locale));
        ObjectNode places = root.putObject(connections ? "connections" : "scenarios");
        findings.forEach((heading, list) -> {
            ArrayNode array = places.withArrayProperty(heading.arguments().get(0));
            for (Finding finding : list) {
                array.addObject()
                        .put("severity", finding.severity().name())
                        .put("where", finding.where())
                        .put("problem", finding.problem().toString())
                        .put("remedy", finding.remedy().toString());
            }
        });
        return root;
    }
}
