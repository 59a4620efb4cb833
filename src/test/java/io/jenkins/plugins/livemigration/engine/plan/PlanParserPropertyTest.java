package io.jenkins.plugins.livemigration.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

class PlanParserPropertyTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Provide
    Arbitrary<JsonNode> plans() {
        return PlanDocuments.plans();
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void yamlAndJsonAndATreeSayTheSame(@ForAll("plans") JsonNode document) {
        ParsedPlan fromTree = PlanParser.parse(document);

        assertThat(fromTree).isInstanceOf(ParsedPlan.Valid.class);
        assertThat(PlanParser.parse(document.toPrettyString(), PlanFormat.JSON)).isEqualTo(fromTree);
        assertThat(PlanParser.parse(yaml(document, FlowStyle.BLOCK), PlanFormat.YAML))
                .isEqualTo(fromTree);
        assertThat(PlanParser.parse(yaml(document, FlowStyle.FLOW), PlanFormat.YAML))
                .isEqualTo(fromTree);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void theCanonicalFormReadsBackAsTheSamePlan(@ForAll("plans") JsonNode document) {
        ParsedPlan parsed = PlanParser.parse(document);

        assertThat(parsed).isInstanceOf(ParsedPlan.Valid.class);
        ParsedPlan.Valid plan = (ParsedPlan.Valid) parsed;
        assertThat(PlanParser.parse(plan.canonical())).isEqualTo(plan);
        assertThat(PlanSchemaTest.problems(plan.canonical().toString())).isEmpty();
        assertThat(PlanSchemaTest.problems(document.toString())).isEmpty();
    }

    @Property(tries = 300)
    void bytesThatAreNoPlanAreMistakes(@ForAll @Size(max = 200) byte[] bytes) {
        for (PlanFormat format : PlanFormat.values()) {
            assertMistakesCanBeShown(PlanParser.parse(bytes, format));
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aDamagedPlanIsReadOrHasMistakes(@ForAll("plans") JsonNode document, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] yaml = yaml(document, FlowStyle.BLOCK).getBytes(StandardCharsets.UTF_8);
        byte[] json = document.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            yaml[random.nextInt(yaml.length)] = (byte) "{}[]:,&*!-\n\t \"'0a".charAt(random.nextInt(17));
            json[random.nextInt(json.length)] = (byte) "{}[]:,\\-\n\t \"'0aen".charAt(random.nextInt(17));
        }
        assertMistakesCanBeShown(PlanParser.parse(yaml, PlanFormat.YAML));
        assertMistakesCanBeShown(PlanParser.parse(json, PlanFormat.JSON));
    }

    private static void assertMistakesCanBeShown(ParsedPlan parsed) {
        if (parsed instanceof ParsedPlan.Invalid invalid) {
            assertThat(invalid.mistakes()).isNotEmpty().allSatisfy(mistake -> {
                assertThat(mistake.render(Locale.ENGLISH))
                        .doesNotContain(": plan.")
                        .doesNotContain("\n");
                assertThat(mistake.render(Locale.forLanguageTag("id"))).isNotBlank();
            });
        }
    }

    private static String yaml(JsonNode document, FlowStyle style) {
        Map<String, Object> tree = MAPPER.convertValue(document, new TypeReference<>() {});
        return new Dump(DumpSettings.builder().setDefaultFlowStyle(style).build()).dumpToString(tree);
    }
}
