package io.jenkins.plugins.livemigration.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jenkins.plugins.livemigration.engine.result.Metric;
import io.jenkins.plugins.livemigration.engine.result.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PlanSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PlanSchema.text(), InputFormat.JSON);
    private static final Path EXAMPLES = Path.of(System.getProperty("lmb.home", "."), "docs", "examples");

    static Stream<Path> validPlans() throws Exception {
        Path own = Path.of(PlanSchemaTest.class.getResource("valid").toURI());
        List<Path> all = new ArrayList<>();
        for (Path folder : List.of(own, EXAMPLES)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> !file.toString().endsWith(".Jenkinsfile"))
                        .sorted()
                        .forEach(all::add);
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("validPlans")
    void acceptsWhatTheParserAccepts(Path file) throws IOException {
        String text = Files.readString(file);
        ParsedPlan parsed =
                PlanParser.parse(text, PlanFormat.ofFileName(file.getFileName().toString()));

        assertThat(parsed).isInstanceOf(ParsedPlan.Valid.class);
        assertThat(problems(json(text))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("validPlans")
    void acceptsTheCanonicalFormWhichReadsBackAsTheSamePlan(Path file) throws IOException {
        ParsedPlan.Valid parsed = (ParsedPlan.Valid) PlanParser.parse(
                Files.readString(file), PlanFormat.ofFileName(file.getFileName().toString()));

        assertThat(problems(parsed.canonical().toString())).isEmpty();
        assertThat(PlanParser.parse(parsed.canonical())).isEqualTo(parsed);
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.livemigration.engine.plan.MalformedPlan#readable")
    void rejectsWhatASchemaCanReject(MalformedPlan malformed) {
        boolean rejected = !problems(json(malformed.text())).isEmpty();

        assertThat(rejected ? "rejects" : "accepts").isEqualTo(malformed.schema());
    }

    @Test
    void knowsEveryMetric() throws IOException {
        List<String> known = new ArrayList<>();
        MAPPER.readTree(PlanSchema.text()).at("/$defs/metric/enum").forEach(id -> known.add(id.asText()));

        assertThat(known)
                .containsExactlyElementsOf(
                        Metrics.all().stream().map(Metric::id).toList());
    }

    @Test
    void describesEveryKey() throws IOException {
        JsonNode schema = MAPPER.readTree(PlanSchema.text());

        assertDescribed(schema, schema, "");
    }

    @Test
    void hasNoKeyThatThePageOnPlansDoesNotName() throws IOException {
        String page = Files.readString(EXAMPLES.resolveSibling("plan.md"));
        Set<String> keys = new TreeSet<>();
        MAPPER.readTree(PlanSchema.text())
                .findValues("properties")
                .forEach(properties -> properties.fieldNames().forEachRemaining(keys::add));

        assertThat(keys)
                .hasSizeGreaterThan(50)
                .allSatisfy(key -> assertThat(page).containsPattern("\\b" + key + "\\b"));
    }

    @Test
    void isASchemaItself() {
        Schema metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}", InputFormat.JSON);

        assertThat(metaSchema.validate(PlanSchema.text(), InputFormat.JSON)).isEmpty();
    }

    private static void assertDescribed(JsonNode schema, JsonNode node, String path) {
        node.path("properties").properties().forEach(entry -> {
            JsonNode described = entry.getValue();
            while (!described.has("description") && described.has("$ref")) {
                described = schema.at(described.get("$ref").asText().substring(1));
            }
            assertThat(described.has("description"))
                    .as(path + "." + entry.getKey())
                    .isTrue();
        });
        node.properties().forEach(entry -> assertDescribed(schema, entry.getValue(), path + "." + entry.getKey()));
    }

    static List<String> problems(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static String json(String yaml) {
        try {
            return MAPPER.writeValueAsString(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
