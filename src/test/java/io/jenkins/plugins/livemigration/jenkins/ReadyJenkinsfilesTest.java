package io.jenkins.plugins.livemigration.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.livemigration.engine.plan.ParsedPlan;
import io.jenkins.plugins.livemigration.engine.plan.PlanFormat;
import io.jenkins.plugins.livemigration.engine.plan.PlanParser;
import io.jenkins.plugins.livemigration.jenkins.plan.DriverParameter;
import io.jenkins.plugins.livemigration.jenkins.step.LiveMigrationBenchmarkStep;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manual and its examples show of the step exists, by that name, and makes a plan that the engine takes. */
class ReadyJenkinsfilesTest {
    private static final Path HOME = Path.of(System.getProperty("lmb.home", "."));

    /** What is about the course of a build, not about the plan. */
    private static final Set<String> BESIDE_THE_PLAN =
            Set.of("plan", "planFile", "lab", "baselineJob", "gate", "inconclusive", "abandonAfter");

    private static final List<Class<?>> BOUND = FormsTest.bound().toList();

    private static final String LAB = """
            {"hosts": {"host-a": {}, "host-b": {}, "node-1": {}, "node-2": {}, "manager": {}},
             "clusters": {"pve": {"url": "https://pve1.lab:8006", "credentials": "token"}}}
            """;

    static List<ScriptCall> calls() throws IOException {
        List<ScriptCall> calls = new ArrayList<>();
        for (Path file : files()) {
            calls.addAll(ScriptCall.in(HOME.relativize(file).toString(), Files.readString(file)));
        }
        return calls;
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(List.of(HOME.resolve("README.md")));
        try (Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
            docs.filter(file -> file.toString().matches(".*(\\.md|\\.Jenkinsfile)"))
                    .sorted()
                    .forEach(files::add);
        }
        return files;
    }

    @Test
    void everyDriverHasOne() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (ScriptCall call : calls()) {
            if (call.place().endsWith(".Jenkinsfile")
                    && call.arguments().get("driver") instanceof ScriptCall.Symbol driver) {
                shown.add(driver.name());
            }
        }
        assertThat(shown).isEqualTo(symbols(DriverParameter.class).keySet());
        assertThat(calls()).extracting(ScriptCall::place).contains("README.md", "docs/jenkins.md", "docs/proxmox.md");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void hasParametersThatThereAre(ScriptCall call) {
        check(LiveMigrationBenchmarkStep.class, call.arguments(), "");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void makesAPlanThatTheEngineTakes(ScriptCall call) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode parameters = (ObjectNode) call.json();
        parameters.remove(BESIDE_THE_PLAN);
        if (parameters.at("/driver/proxmox") instanceof ObjectNode proxmox && proxmox.has("credentialsId")) {
            proxmox.set("credentials", proxmox.remove("credentialsId"));
        }
        assertThat(PlanParser.parse(
                        "{}".getBytes(StandardCharsets.UTF_8),
                        PlanFormat.YAML,
                        parameters,
                        (ObjectNode) mapper.readTree(LAB),
                        (path, line, text) -> text))
                .isInstanceOf(ParsedPlan.Valid.class);
    }

    private static void check(Type declared, Object value, String place) {
        if (declared instanceof ParameterizedType list) {
            assertThat(value).as(place).isInstanceOf(List.class);
            ((List<?>) value).forEach(item -> check(list.getActualTypeArguments()[0], item, place));
        } else if (value instanceof ScriptCall.Symbol symbol) {
            Class<?> type = symbols((Class<?>) declared).get(symbol.name());
            assertThat(type).as(place + " " + symbol.name()).isNotNull();
            check(type, symbol.arguments(), place + "." + symbol.name());
        } else if (value instanceof Map<?, ?> mapping) {
            Map<String, Type> properties = FormsTest.properties((Class<?>) declared);
            mapping.forEach((name, one) -> {
                assertThat(properties).as(place).containsKey(String.valueOf(name));
                check(properties.get(String.valueOf(name)), one, place + "." + name);
            });
        } else {
            assertThat(value).as(place).isInstanceOf((Class<?>) declared);
        }
    }

    /** The classes that a script can name where one of that kind is wanted. */
    private static Map<String, Class<?>> symbols(Class<?> kind) {
        Map<String, Class<?>> symbols = new TreeMap<>();
        BOUND.stream()
                .filter(kind::isAssignableFrom)
                .forEach(type -> Stream.of(type.getDeclaredClasses())
                        .map(descriptor -> descriptor.getAnnotation(Symbol.class))
                        .filter(Objects::nonNull)
                        .forEach(symbol -> symbols.put(symbol.value()[0], type)));
        return symbols;
    }
}
