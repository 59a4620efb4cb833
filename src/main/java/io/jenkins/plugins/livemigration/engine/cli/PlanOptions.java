package io.jenkins.plugins.livemigration.engine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanMistake;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.engine.text.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A plan file and what the command line changes in it. */
final class PlanOptions {
    /** The parser's own limit, and a byte to find out that it is exceeded. */
    private static final int MOST_BYTES = (1 << 20) + 1;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PLAN",
            description = "The plan, YAML or JSON (docs/plan.md).")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "Sets a key of the plan, by its path: -s samples=10 -s driver.podman.strategy=classic."
                    + " VALUE is JSON or plain text; lists are replaced, not merged. Repeatable.")
    private List<String> settings = new ArrayList<>();

    /** The plan's path, if one was given. */
    Optional<Path> file() {
        return file;
    }

    /**
     * Reads the plan; says on {@code err} what is wrong with it.
     *
     * @return empty if it is not a plan
     */
    Optional<ParsedPlan.Valid> load(PrintWriter err, Locale locale) {
        if (file.isEmpty()) {
            err.println(Message.of("cli.noPlan").render(locale));
            return Optional.empty();
        }
        byte[] document;
        try (InputStream in = Files.newInputStream(file.get())) {
            document = in.readNBytes(MOST_BYTES);
        } catch (IOException unreadable) {
            err.println(Message.of("cli.planUnreadable", file.get(), unreadable.getMessage())
                    .render(locale));
            return Optional.empty();
        }
        Optional<ObjectNode> parameters = parameters(err, locale);
        return parameters.flatMap(node -> valid(
                PlanParser.parse(document, PlanFormat.ofFileName(file.get().toString()), node),
                file.get().toString(),
                err,
                locale));
    }

    /** The plan if it is one; else says all its mistakes. */
    static Optional<ParsedPlan.Valid> valid(ParsedPlan parsed, String origin, PrintWriter err, Locale locale) {
        if (parsed instanceof ParsedPlan.Valid valid) {
            return Optional.of(valid);
        }
        List<PlanMistake> mistakes = ((ParsedPlan.Invalid) parsed).mistakes();
        err.println(Message.of("cli.badPlan", origin, mistakes.size()).render(locale));
        mistakes.forEach(mistake -> err.println("  " + mistake.render(locale)));
        return Optional.empty();
    }

    private Optional<ObjectNode> parameters(PrintWriter err, Locale locale) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                err.println(Message.of("cli.badSetting", setting).render(locale));
                return Optional.empty();
            }
            ObjectNode place = parameters;
            String[] path = setting.substring(0, equals).split("\\.", -1);
            for (int i = 0; i < path.length - 1; i++) {
                place = place.withObjectProperty(path[i]);
            }
            place.set(path[path.length - 1], value(setting.substring(equals + 1)));
        }
        return Optional.of(parameters);
    }

    private static JsonNode value(String text) {
        try {
            JsonNode json = new ObjectMapper().readTree(text);
            if (json != null && !json.isMissingNode()) {
                return json;
            }
        } catch (JsonProcessingException plain) {
            return JsonNodeFactory.instance.textNode(text);
        }
        return JsonNodeFactory.instance.textNode(text);
    }
}
